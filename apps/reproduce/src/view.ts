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
  | { readonly kind: 'lines' }
  /** Each metric over both axes: a shaded grid a method. */
  | { readonly kind: 'grid' }
  /** Loss and metrics by epoch, a line for each method and point. */
  | { readonly kind: 'curves'; readonly of: readonly string[] }
  /** Seconds of training, bars a data set and method. */
  | { readonly kind: 'time' }
  /** A metric by popularity group (`group-ndcg` has ten), bars side by side for methods and points. */
  | { readonly kind: 'groups'; readonly metric: string }
  /** The distribution of what the probe found, a line for each method and point. */
  | { readonly kind: 'density'; readonly of: readonly string[]; readonly title: string; readonly angles?: true }
  /** What the probe found in the plane: two lists as x and y, or lists of x, y, x, y ... a colour each. */
  | { readonly kind: 'scatter'; readonly x: string; readonly y: string }
  | { readonly kind: 'plane'; readonly groups: readonly string[] };
