import { unknownName } from '@losslab/core';

/** A column by its name in the header, or by its position from 0. */
export type ColumnRef = string | number;

/** Which column of a table holds what. */
export interface ColumnMapping {
  readonly user: ColumnRef;
  readonly item: ColumnRef;
  readonly rating?: ColumnRef;
  /** Seconds since 1970, or as `timestampUnit` says. */
  readonly timestamp?: ColumnRef;
  readonly timestampUnit?: 's' | 'ms';
  /** 1 for liked, 0 for disliked. */
  readonly label?: ColumnRef;
  /**
   * The rating is played / duration: rates over 1 are clipped to 1, rows of duration 0 are dropped, both are counted in
   * the notes.
   */
  readonly finishRate?: { readonly played: ColumnRef; readonly duration: ColumnRef };
}

/** Text of one interaction a line, fields between separators. */
export interface DelimitedFormat {
  readonly kind: 'delimited';
  /** One or two ASCII characters. */
  readonly separator: string;
  /** `auto`: there is one where the first line names a user and an item column. */
  readonly header: 'yes' | 'no' | 'auto';
  /** Names are RecBole's, `user_id:token`. */
  readonly typed?: boolean;
  /** Without it, known names in the header, or user, item, rating, timestamp in this order. */
  readonly columns?: ColumnMapping;
}

export type Format =
  | DelimitedFormat
  /** `user item item ...` by spaces, whole numbers that are the numbering itself, one line a user. */
  | { readonly kind: 'lightgcn' }
  /** One JSON array: for each user an array of item numbers, which are the numbering itself. */
  | { readonly kind: 'json-lists' }
  /** One JSON object a line. */
  | { readonly kind: 'json-lines'; readonly columns?: ColumnMapping }
  /** Columns by name or position; without a mapping, those of known names. */
  | { readonly kind: 'parquet'; readonly columns?: ColumnMapping };

const ratingColumns = { user: 0, item: 1, rating: 2, timestamp: 3 };

/** Formats by the name that options take. */
export const FORMATS = {
  'movielens-100k': { kind: 'delimited', separator: '\t', header: 'no', columns: ratingColumns },
  'movielens-1m': { kind: 'delimited', separator: '::', header: 'no', columns: ratingColumns },
  'movielens-csv': {
    kind: 'delimited',
    separator: ',',
    header: 'yes',
    columns: { user: 'userId', item: 'movieId', rating: 'rating', timestamp: 'timestamp' },
  },
  recbole: { kind: 'delimited', separator: '\t', header: 'yes', typed: true },
  csv: { kind: 'delimited', separator: ',', header: 'auto' },
  tsv: { kind: 'delimited', separator: '\t', header: 'auto' },
  spaces: { kind: 'delimited', separator: ' ', header: 'auto' },
  labels: { kind: 'delimited', separator: ' ', header: 'no', columns: { user: 0, item: 1, label: 2 } },
  lightgcn: { kind: 'lightgcn' },
  'json-lists': { kind: 'json-lists' },
  'json-lines': { kind: 'json-lines' },
  parquet: { kind: 'parquet' },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

/** @throws LosslabError `unknown-name`, naming the nearest format */
export function formatNamed(name: string): Format {
  if (Object.hasOwn(FORMATS, name)) return FORMATS[name as FormatName];
  throw unknownName('format', name, Object.keys(FORMATS), 'data');
}

/** Whether a format's numbers are the internal numbering itself, holes included. */
export function isNumbered(format: Format): boolean {
  return format.kind === 'lightgcn' || format.kind === 'json-lists';
}
