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
  /** F1@k, NDCG@k ... over the k of the metrics, a line for each method. */
  | { readonly kind: 'cut-offs' }
  /** Each metric over both axes: a shaded grid a method. */
  | { readonly kind: 'grid' }
  /** Loss and metrics by epoch, a line for each method and point. */
  | { readonly kind: 'curves'; readonly of: readonly string[] }
  /** Seconds of training, bars a data set and method. */
  | { readonly kind: 'time' }
  /** A metric by popularity group (`group-ndcg` has ten), bars side by side for methods and points. */
  | { readonly kind: 'groups'; readonly metric: string }
  /** These metrics side by side, bars for methods. */
  | { readonly kind: 'metrics'; readonly of: readonly string[]; readonly title: string }
  /** The distribution of what the probe found, a line for each method and point. */
  | { readonly kind: 'density'; readonly of: readonly string[]; readonly title: string; readonly angles?: true }
  /** Numbers that the probe found, over the first axis: a line each, a chart a method. */
  | { readonly kind: 'found'; readonly of: readonly Listed[]; readonly title: string }
  /** How many of the probe's values lie in each twentieth of [0, 1]: a chart for each training and moment, bars for lists. */
  | { readonly kind: 'histogram'; readonly moments: readonly Moment[]; readonly title: string }
  /** Each step's loss, coloured by what the step counted, for each training; then these quantities by epoch. */
  | {
      readonly kind: 'steps';
      readonly groups: readonly Listed[];
      readonly title: string;
      readonly of: readonly string[];
    }
  /** One list of the probe's against another, each by its name with its axis's title. */
  | { readonly kind: 'scatter'; readonly x: Listed; readonly y: Listed }
  /** The probe's lists of x, y, x, y ... in the plane, a colour each. */
  | { readonly kind: 'plane'; readonly groups: readonly Listed[] };

/** Lists that the probe found at one moment of the training. */
export interface Moment {
  readonly title: string;
  readonly lists: readonly Listed[];
}

/** A list that the probe found, and how it is called where it is shown. */
export interface Listed {
  readonly list: string;
  readonly title: string;
}
