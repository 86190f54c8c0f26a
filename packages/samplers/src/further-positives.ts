import { type Kernels, Random } from '@losslab/kernels';
import { z } from 'zod';
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
}

export type DrawFurther = (request: FurtherRequest) => void;

export function drawFurther(
  law: 'replacement' | 'distinct',
  kernels: Kernels,
  counters: Counters,
  rows: TrainRows,
): DrawFurther {
  if (law === 'distinct') return (request) => drawDistinct(request, counters, rows);
  return ({ epoch, step, users, observed: positives, columns, out }) => {
    const at = counters('positives', epoch, step);
    kernels.samplePositives({ at, users, positives, interactions: rows, columns, out });
  };
}

/** Row b's numbers come from words of its own, so that they do not depend on the rows before. */
function drawDistinct(
  { epoch, step, users, observed, columns, out }: FurtherRequest,
  counters: Counters,
  rows: TrainRows,
): void {
  const random = new Random(counters('positives', epoch, step));
  for (let b = 0; b < users.length; b++) {
    const row = out.subarray(b * columns, (b + 1) * columns);
    const own = rows.indices.subarray(rows.indptr[users[b]!]!, rows.indptr[users[b]! + 1]!);
    const others = Int32Array.from(own).filter((item) => item !== observed[b]);
    row[0] = observed[b]!;
    random.index = b * columns;
    for (let m = 1; m < columns; m++) row[m] = others.length === 0 ? observed[b]! : next(others, m - 1, random);
  }
}

/** Step `at` of a Fisher-Yates shuffle that begins again when `others` is used up. */
function next(others: Int32Array, at: number, random: Random): number {
  const first = at % others.length;
  const other = first + random.int(others.length - first);
  const item = others[other]!;
  others[other] = others[first]!;
  others[first] = item;
  return item;
}
