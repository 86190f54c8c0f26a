import type { IdMatrix } from '@losslab/core';
import { mayBlock, type PairPlan } from '@losslab/kernels';
import type { Workspace } from './workspace.ts';

/** A longer run is cut, for threads to share: by sizes alone, since bits depend on it. */
const MOST_ROWS = 256;

/**
 * Batch rows of one left row after the other, as a batch in the order of users has them: each run is one left row with the pairs of
 * all of its rows, often enough pairs to be walked by blocks of the right table, whose rows then come from a core's own cache.
 */
export interface Runs {
  readonly ids: Int32Array; // [R], the left row of each run
  readonly starts: Int32Array; // [R + 1], its first batch row
}

/** Both arrays belong to `space`. */
export function runsOf(space: Workspace, leftRows: Int32Array): Runs {
  const rows = leftRows.length;
  const [ids, starts] = [space.i32(rows), space.i32(rows + 1)];
  let count = 0;
  for (let b = 0; b < rows; b++) {
    const goesOn = b > 0 && leftRows[b] === leftRows[b - 1] && b - starts[count - 1]! < MOST_ROWS;
    if (goesOn) continue;
    ids[count] = leftRows[b]!;
    starts[count++] = b;
  }
  starts[count] = rows;
  return { ids: ids.subarray(0, count), starts: starts.subarray(0, count + 1) };
}

/** A plan for each part, as long as `space` lives; undefined where blocks would not pay for one of them. */
export function plansOfRuns(
  space: Workspace,
  { starts }: Runs,
  parts: readonly IdMatrix[],
  [rights, dim]: readonly [number, number],
): PairPlan[] | undefined {
  const runs = starts.length - 1;
  const pays = ({ data }: IdMatrix): boolean => mayBlock({ pairs: rights, columns: data.length / runs, rights, dim });
  if (runs === 0 || !parts.every(pays)) return undefined;
  const k = space.kernels;
  return parts.map(({ data, columns }) => {
    const rowStarts = space.i32(starts.length);
    for (let run = 0; run < starts.length; run++) rowStarts[run] = starts[run]! * columns;
    const plan = k.planPairs({ rightRows: space.resident(data), rowStarts, rights, dim });
    space.defer(() => k.freePlan(plan));
    return plan;
  });
}
