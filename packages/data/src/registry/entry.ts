import type { ColumnMapping, FormatName } from '../read/format.ts';

/** `sha256:` or `md5:` and the digest, hexadecimal. */
export type Digest = `sha256:${string}` | `md5:${string}`;

/** Files that together are the data set: a split as given, or one file to be split. */
export type Layout = PartsLayout | SingleLayout;

export interface PartsLayout {
  readonly format: FormatName;
  readonly train: string;
  readonly valid?: string;
  readonly test: string;
}

export interface SingleLayout {
  readonly format: FormatName;
  readonly columns?: ColumnMapping;
  readonly file: string;
}

/** How the files get there. */
export type FetchPlan =
  /** Each file by itself. */
  | { readonly kind: 'files'; readonly files: readonly FetchedFile[] }
  /** A zip archive, some of whose members are the files. */
  | {
      readonly kind: 'zip';
      readonly url: string;
      readonly digest: Digest;
      /** File name by path in the archive. */
      readonly members: Readonly<Record<string, string>>;
    }
  /** By hand. */
  | { readonly kind: 'manual'; readonly from: string };

export interface FetchedFile {
  readonly file: string;
  readonly url: string;
  readonly digest: Digest;
}

/** What reading must find; rows as they stand in the files. */
export interface ExpectedStatistics {
  readonly users: number;
  readonly items: number;
  readonly rows: { readonly [part in 'train' | 'valid' | 'test' | 'file']?: number };
}

/** A data set that losslab knows by name; `name` is also its folder's. */
export interface RegistryEntry {
  readonly name: string;
  readonly title: string;
  /** Tried in this order; the first whose files are all there is read. */
  readonly layouts: readonly [Layout, ...Layout[]];
  readonly fetch: FetchPlan;
  readonly homepage: string;
  readonly licence: string;
  readonly expected: ExpectedStatistics;
  /** SHA-256 of the files that the statistics were taken from. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** The files of a layout, training part first. */
export function filesOf(layout: Layout): string[] {
  if ('file' in layout) return [layout.file];
  return [layout.train, layout.valid, layout.test].filter((file) => file !== undefined);
}
