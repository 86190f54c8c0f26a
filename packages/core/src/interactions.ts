import { LosslabError } from './errors.ts';
import { rowsByPair } from './row-order.ts';

/**
 * Who touched what: compressed sparse rows over users. Within a user, items are ascending and distinct.
 * Order of the file is lost here; what needs it (unshuffled batches, splits by position) uses an InteractionTable.
 */
export interface Interactions {
  readonly userCount: number;
  readonly itemCount: number;
  /** `[userCount + 1]`: user u's items are `indices[indptr[u] .. indptr[u + 1])`. */
  readonly indptr: Int32Array;
  /** [interactions], ascending and distinct within a user. */
  readonly indices: Int32Array;
  /** [interactions], in the order of `indices`. */
  readonly ratings?: Float32Array;
  /** [interactions], seconds since 1970, in the order of `indices`. */
  readonly timestamps?: Float64Array;
}

/** Interactions in the order of their file: one row a line, duplicates kept. */
export interface InteractionTable {
  readonly userCount: number;
  readonly itemCount: number;
  readonly users: Int32Array; // [rows]
  readonly items: Int32Array; // [rows]
  readonly ratings?: Float32Array; // [rows]
  readonly timestamps?: Float64Array; // [rows], seconds since 1970
}

/** Pairs with a label each, 1 for liked and 0 for disliked. */
export interface LabelledPairs {
  readonly users: Int32Array; // [L]
  readonly items: Int32Array; // [L]
  readonly labels: Float32Array; // [L], 0 or 1
}

/** Pairs that were shown to their users and carry neither label. */
export interface UnlabelledPairs {
  readonly users: Int32Array; // [n]
  readonly items: Int32Array; // [n]
}

/** External ids by internal number: `users[3]` is the name that the file gave to user 3. */
export interface IdMaps {
  readonly users: readonly string[];
  readonly items: readonly string[];
}

/** What a data set hands to training and evaluation. Parts share one numbering of users and items. */
export interface Dataset {
  readonly name: string;
  readonly train: Interactions;
  readonly valid?: Interactions;
  readonly test: Interactions;
  readonly labelled?: { readonly train: LabelledPairs; readonly valid?: LabelledPairs; readonly test: LabelledPairs };
  /** What a rule of labels left between liked and disliked, beside the training part; no pair of it is in another part. */
  readonly unlabelled?: UnlabelledPairs;
  /** The training part in file order, where the source has one. */
  readonly table?: InteractionTable;
  /** Training interactions that were injected as noise: the truth, for measuring robustness against it. */
  readonly falsePositives?: Interactions;
  readonly ids: IdMaps;
  /** SHA-256 over the files' bytes (or the table's), hexadecimal. */
  readonly checksum: string;
  /** How the parts came to be, one sentence a step, for the report. */
  readonly provenance: readonly string[];
}

/**
 * What a loss may know of its training data before the first step: sizes and degrees, for priors such as τ_u⁺ and for
 * popularity weights.
 */
export interface DataFacts {
  readonly userCount: number;
  readonly itemCount: number;
  readonly interactionCount: number;
  readonly userDegrees: Int32Array; // [userCount]
  readonly itemDegrees: Int32Array; // [itemCount]
  /** [itemCount], mean training rating; absent where the data has no ratings. */
  readonly itemMeanRatings?: Float32Array;
}

export function interactionCount(data: Interactions): number {
  return data.indices.length;
}

/** The items of user u, a view. */
export function itemsOf(data: Interactions, user: number): Int32Array {
  return data.indices.subarray(data.indptr[user]!, data.indptr[user + 1]!);
}

/** Whether user u touched item i, by binary search. */
export function hasInteraction(data: Interactions, user: number, item: number): boolean {
  let low = data.indptr[user]!;
  let high = data.indptr[user + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (data.indices[middle]! < item) low = middle + 1;
    else high = middle;
  }
  return low < data.indptr[user + 1]! && data.indices[low] === item;
}

export function dataFacts(train: Interactions): DataFacts {
  const userDegrees = new Int32Array(train.userCount);
  for (let u = 0; u < train.userCount; u++) userDegrees[u] = train.indptr[u + 1]! - train.indptr[u]!;
  const itemDegrees = new Int32Array(train.itemCount);
  for (const item of train.indices) itemDegrees[item]!++;
  const { userCount, itemCount } = train;
  const facts = { userCount, itemCount, interactionCount: train.indices.length, userDegrees, itemDegrees };
  return train.ratings === undefined ? facts : { ...facts, itemMeanRatings: meanRatings(train, itemDegrees) };
}

function meanRatings(train: Interactions, itemDegrees: Int32Array): Float32Array {
  const sums = new Float64Array(train.itemCount);
  train.indices.forEach((item, k) => {
    sums[item]! += train.ratings![k]!;
  });
  return Float32Array.from(sums, (sum, item) => sum / Math.max(1, itemDegrees[item]!));
}

/**
 * Builds Interactions from rows in any order. Of several rows of one pair the last one's rating and timestamp stay.
 * @throws LosslabError `bad-data` where an id is out of range or the columns differ in length.
 */
export function interactionsFromTable(table: InteractionTable): Interactions {
  const { userCount, itemCount, items } = table;
  checkTable(table);
  const { start, rows } = rowsByPair(table);
  const indptr = new Int32Array(userCount + 1);
  let count = 0; // rows kept, at the front of `rows`
  for (let u = 0; u < userCount; u++) {
    const end = start[u + 1]!;
    for (let k = start[u]!; k < end; k++) {
      const isLastOfPair = k + 1 === end || items[rows[k + 1]!] !== items[rows[k]!];
      if (isLastOfPair) rows[count++] = rows[k]!;
    }
    indptr[u + 1] = count;
  }
  const from = rows.subarray(0, count);
  const pick = <A extends Int32Array | Float32Array | Float64Array>(column: A, out: A): A => {
    for (let k = 0; k < count; k++) out[k] = column[from[k]!]!;
    return out;
  };
  return {
    userCount,
    itemCount,
    indptr,
    indices: pick(items, new Int32Array(count)),
    ...(table.ratings && { ratings: pick(table.ratings, new Float32Array(count)) }),
    ...(table.timestamps && { timestamps: pick(table.timestamps, new Float64Array(count)) }),
  };
}

function checkTable(table: InteractionTable): void {
  const { userCount, itemCount, users, items } = table;
  const lengths = [items, table.ratings, table.timestamps].filter((c) => c !== undefined).map((c) => c.length);
  if (lengths.some((length) => length !== users.length)) {
    throw new LosslabError(
      'bad-data',
      `[core] expected columns of one length, got ${[users.length, ...lengths]}; cut them`,
    );
  }
  for (let row = 0; row < users.length; row++) {
    if (users[row]! < 0 || users[row]! >= userCount || items[row]! < 0 || items[row]! >= itemCount) {
      throw new LosslabError(
        'bad-data',
        `[core] expected user < ${userCount} and item < ${itemCount}, got (${users[row]}, ${items[row]}) in row ${row}; renumber the ids`,
      );
    }
  }
}
