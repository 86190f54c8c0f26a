import type { Table } from '../table.ts';

/** What a section of a report is made of. All text is plain text: it is escaped where it is written. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly table: Table; readonly caption?: string }
  /** `svg` as `lineChart` and `barChart` make it; `description` stands for it where it cannot be seen. */
  | { readonly kind: 'figure'; readonly svg: string; readonly description: string; readonly caption?: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'details'; readonly summary: string; readonly blocks: readonly Block[] };

export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export interface Report {
  readonly title: string;
  /** One or two sentences under the title. */
  readonly lead?: string;
  readonly sections: readonly Section[];
  /** When the runs ended or the report was made, ISO 8601; shown at the foot. */
  readonly date: string;
}
