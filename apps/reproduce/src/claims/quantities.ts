import type { RunResult } from '@losslab/core';
import type { Probed } from '../probe/probe.ts';

/** What one training left: its result, and what the probe found where there is one. */
export interface Trained {
  readonly result: RunResult;
  readonly probed?: Probed | undefined;
}

/** A number of a training's record, for claims that are about no metric. */
export interface Quantity {
  /** In the evidence of a verdict. */
  readonly name: string;
  /** Undefined where the record does not have it. */
  readonly read: (trained: Trained) => number | undefined;
  /** Whether further epochs would leave it as it is: it decides then even where the budget cut a training off. */
  readonly isSettled?: true;
}

export const firstLoss: Quantity = {
  name: 'loss of the first epoch',
  read: ({ result }) => result.curve[0]?.loss,
  isSettled: true,
};

export const lastLoss: Quantity = {
  name: 'loss of the last epoch',
  read: ({ result }) => result.curve.at(-1)?.loss,
};

/** What the loss falls by after the first epoch, as a share of the first epoch's. */
export const laterFall: Quantity = {
  name: 'fall of the loss after the first epoch',
  read: ({ result: { curve } }) => (curve.length === 0 ? undefined : 1 - curve.at(-1)!.loss / curve[0]!.loss),
};

export const secondsAnEpoch: Quantity = {
  name: 'seconds of training an epoch',
  read: ({ result: { seconds, epochs } }) => (epochs === 0 ? undefined : seconds.train / epochs),
  isSettled: true,
};

/** Epochs until the loss has come 95 % of its way from the first epoch's to its least. */
export const epochsOfLoss: Quantity = {
  name: 'epochs to 95 % of the fall in loss',
  read: ({ result: { curve } }) => {
    if (curve.length === 0) return undefined;
    const [first, least] = [curve[0]!.loss, Math.min(...curve.map(({ loss }) => loss))];
    return curve.find(({ loss }) => loss <= first - 0.95 * (first - least))!.epoch;
  },
};

/** Epochs until a metric is first at 95 % of its best or above, on the part that chooses the epoch. */
export function epochsOf(metric: string): Quantity {
  return {
    name: `epochs to 95 % of the best ${metric}`,
    read: ({ result: { curve } }) => {
      const values = curve.flatMap(({ epoch, valid, test }) => {
        const value = (valid ?? test)?.[metric];
        return value === undefined ? [] : [{ epoch, value }];
      });
      const best = Math.max(...values.map(({ value }) => value));
      return values.find(({ value }) => value >= 0.95 * best)?.epoch;
    },
  };
}

/** How IG's updates of training-test went. */
export type Direction = 'direct' | 'inverse' | 'pass';

/** Updates that went one way, in all epochs. */
export function updates(direction: Direction): Quantity {
  return { name: `${direction} updates`, read: ({ result }) => countsOf(result.curve, direction)?.count };
}

/** The share of an epoch's updates that went one way. */
export function shareOfUpdates(direction: Direction, epoch: 'first' | 'middle' | 'last'): Quantity {
  return {
    name: `share of ${direction} updates in the ${epoch} epoch`,
    read: ({ result: { curve } }) => {
      const at = { first: 0, middle: Math.ceil(curve.length / 2) - 1, last: curve.length - 1 }[epoch];
      return countsOf(curve.slice(at, at + 1), direction)?.share;
    },
  };
}

/** Undefined where the procedure counted nothing: a direction that it never took is in no record. */
function countsOf(curve: RunResult['curve'], direction: Direction): { count: number; share: number } | undefined {
  const counted = curve.flatMap(({ counts }) => (counts === undefined ? [] : [counts]));
  if (counted.length === 0) return undefined;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const count = sum(counted.map((counts) => counts[direction] ?? 0));
  return { count, share: count / sum(counted.flatMap((counts) => Object.values(counts))) };
}

/** What popularity groups, from the one to the other, add to NDCG@20; 1 is the least popular of ten. */
export function ndcgOfGroups(from: number, to: number): Quantity {
  const names = Array.from({ length: to - from + 1 }, (_, k) => `group-ndcg-${from + k}@20`);
  return {
    name: `NDCG@20 of groups ${from}-${to}`,
    read: ({ result: { metrics } }) => {
      if (names.some((name) => metrics[name] === undefined)) return undefined;
      return names.reduce((sum, name) => sum + metrics[name]!, 0);
    },
  };
}

/** How much more popularity groups add to NDCG@20 than others: `ndcgGap([8, 10], [1, 7])`. */
export function ndcgGap(of: readonly [from: number, to: number], than: readonly [from: number, to: number]): Quantity {
  const [more, less] = [ndcgOfGroups(...of), ndcgOfGroups(...than)];
  return {
    name: `NDCG@20 of groups ${of.join('-')} less that of groups ${than.join('-')}`,
    read: (trained) => {
      const [a, b] = [more.read(trained), less.read(trained)];
      return a === undefined || b === undefined ? undefined : a - b;
    },
  };
}

/** The share of a list of the probe's that is above ½. */
export function shareAboveHalf(list: string): Quantity {
  return { name: `share of ${list} above ½`, read: ({ probed }) => meanOf(probed?.[list], (w) => (w > 0.5 ? 1 : 0)) };
}

/** The mean distance of a list of the probe's from ½. */
export function distanceFromHalf(list: string): Quantity {
  return { name: `distance of ${list} from ½`, read: ({ probed }) => meanOf(probed?.[list], (w) => Math.abs(w - 0.5)) };
}

function meanOf(values: readonly number[] | undefined, of: (value: number) => number): number | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + of(value), 0) / values.length;
}
