import type { Point } from './axis.ts';

/** Where a number stands in the published table. */
export interface PublishedPlace {
  readonly dataset: string;
  readonly method: string;
  readonly metric: string;
  readonly point: Point;
}

/** How an experiment is shown. Every view has its numbers beside it as a table. */
export type View =
  /** *Published · ours · difference* and bars. */
  | {
      readonly kind: 'table';
      /** In `published.json`: `II`. */
      readonly table: string;
      /** Row and column of a number. Absent: the method's row; the data set's and the metric's column, by a space. */
      readonly place?: (at: PublishedPlace) => { readonly row: string; readonly column: string } | undefined;
    }
  /** Each metric over the first axis, a line for each method (and value of the second axis). */
  | { readonly kind: 'lines' };
