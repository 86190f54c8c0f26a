import { type Kernels, Random } from '@losslab/kernels';
import * as z from 'zod';
import type { Counters } from './counters.ts';
import { expected } from './errors.ts';
import type { TrainRows } from './rows.ts';

export const orderOptions = {
  /**
   * Which positives a batch observes. `shuffled`: an epoch visits every one once, in an order that is a pure function of
   * seed and epoch. `sequential`: once, by user and item. `replacement`: as many draws, each of any positive. `users`: as
   * many draws of a user, and of one of the user's positives.
   */
  order: z.enum(['shuffled', 'sequential', 'replacement', 'users']).default('shuffled'),
  /** Leave out the last batch of an epoch where it is short. */
  dropLast: z.boolean().default(false),
};

export type OrderName = 'shuffled' | 'sequential' | 'replacement' | 'users';

/** Which of the interactions [0, count) the rows of a batch observe. */
export interface Order {
  readonly steps: number;
  /** How many rows that step has. @throws LosslabError `bad-option` for a step that the epoch does not have */
  rows(step: number): number;
  /** Writes the numbers of the interactions. */
  fill(epoch: number, step: number, out: Int32Array): void;
  dispose(): void;
}

interface OrderRequest {
  readonly count: number;
  readonly batchSize: number;
  readonly dropLast: boolean;
  /** A last batch with fewer rows is left out. */
  readonly leastRows: number;
}

type Fill = (epoch: number, step: number, out: Int32Array) => void;

/** Checks a whole number, such as B, M or N. @throws LosslabError `bad-option` */
export function checkWhole(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw expected('bad-option', `${name} ≥ ${least}`, String(value), 'pass a whole number', name);
}

function stepsOf({ count, batchSize, dropLast, leastRows }: OrderRequest): number {
  const full = Math.floor(count / batchSize);
  const rest = count - full * batchSize;
  return rest > 0 && rest >= leastRows && !dropLast ? full + 1 : full;
}

/** An order over interactions (`rows` given for `users` only) or over any other `count` rows. */
export function orderOf(
  name: OrderName,
  kernels: Kernels,
  counters: Counters,
  request: OrderRequest,
  rows?: TrainRows,
): Order {
  const { count, batchSize } = request;
  const steps = stepsOf(request);
  const shuffle = shuffled(kernels, counters, request);
  const fills: Record<OrderName, Fill> = {
    shuffled: shuffle.fill,
    sequential: (_epoch, step, out) => {
      for (let b = 0; b < out.length; b++) out[b] = step * batchSize + b;
    },
    replacement: (epoch, step, out) => {
      kernels.fillIntegers({ at: counters('order', epoch, step), out, bound: count });
    },
    users: byUser(counters, rows),
  };
  return {
    steps,
    rows(step) {
      if (Number.isInteger(step) && step >= 0 && step < steps) return Math.min(batchSize, count - step * batchSize);
      throw expected('bad-option', `a step in [0, ${steps})`, String(step), 'see sampler.steps', 'step');
    },
    fill: fills[name],
    dispose: shuffle.dispose,
  };
}

/** Keeps the permutation of the epoch that it was last asked for. */
function shuffled({ memory, permutation }: Kernels, counters: Counters, request: OrderRequest) {
  const { count, batchSize } = request;
  let kept: { readonly epoch: number; readonly order: Int32Array } | undefined;
  const fill: Fill = (epoch, step, out) => {
    if (kept?.epoch !== epoch) {
      const order = kept?.order ?? memory.i32(count);
      kept = undefined;
      permutation({ at: counters('order', epoch, 0), out: order });
      kept = { epoch, order };
    }
    const first = step * batchSize;
    out.set(kept.order.subarray(first, first + out.length));
  };
  const dispose = (): void => {
    if (kept !== undefined) memory.free(kept.order);
    kept = undefined;
  };
  return { fill, dispose };
}

function byUser(counters: Counters, rows: TrainRows | undefined): Fill {
  if (rows === undefined) return () => undefined;
  const { indptr, userCount } = rows;
  const active = Int32Array.from({ length: userCount }, (_, u) => u).filter((u) => indptr[u + 1]! > indptr[u]!);
  return (epoch, step, out) => {
    const random = new Random(counters('order', epoch, step));
    for (let b = 0; b < out.length; b++) {
      const user = active[random.int(active.length)]!;
      out[b] = indptr[user]! + random.int(indptr[user + 1]! - indptr[user]!);
    }
  };
}
