import { type Draws, Random } from '@losslab/kernels';
import * as z from 'zod';
import type { Counters } from './counters.ts';
import type { TrainRows } from './rows.ts';

export const furtherOptions = {
  /**
   * Columns 1 ... M − 1 of the positives. `replacement`: uniform draws from the user's positives, the observed one included,
   * so a user with one positive repeats it. `distinct`: the user's other positives, none twice while they last; a row
   * that runs out goes round again, and a user with one positive repeats it.
   */
  furtherPositives: z.enum(['replacement', 'distinct']).default('replacement'),
};

export interface FurtherRequest {
  readonly epoch: number;
  readonly step: number;
  readonly users: Int32Array; // [B]
  readonly observed: Int32Array; // [B]
  readonly columns: number; // M
  readonly out: Int32Array; // [B, M]
  readonly draws: Draws;
}

export type DrawFurther = (request: FurtherRequest) => void;

export function drawFurther(law: 'replacement' | 'distinct', counters: Counters, rows: TrainRows): DrawFurther {
  if (law === 'distinct') {
    const pool: number[] = [];
    return (request) => drawDistinct(request, counters, rows, pool);
  }
  return ({ epoch, step, users, observed: positives, columns, out, draws }) => {
    const at = counters('positives', epoch, step);
    draws.samplePositives({ at, users, positives, interactions: rows, columns, out });
  };
}

function drawDistinct(
  { epoch, step, users, observed, columns, out }: FurtherRequest,
  counters: Counters,
  { indptr, indices }: TrainRows,
  pool: number[],
): void {
  const random = new Random(counters('positives', epoch, step));
  for (let b = 0; b < users.length; b++) {
    const [first, last] = [indptr[users[b]!]!, indptr[users[b]! + 1]!];
    pool.length = 0;
    for (let at = first; at < last; at++) if (indices[at] !== observed[b]) pool.push(indices[at]!);
    out[b * columns] = observed[b]!;
    // Words of a row of its own, so that it does not depend on the rows before.
    random.index = b * columns;
    for (let m = 1; m < columns; m++) {
      out[b * columns + m] = pool.length === 0 ? observed[b]! : next(pool, m - 1, random);
    }
  }
}

/** Step `at` of a Fisher-Yates shuffle that begins again when the pool is used up. */
function next(pool: number[], at: number, random: Random): number {
  const first = at % pool.length;
  const other = first + random.int(pool.length - first);
  const item = pool[other]!;
  pool[other] = pool[first]!;
  pool[first] = item;
  return item;
}
