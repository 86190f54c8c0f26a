import type { IdMatrix } from '@losslab/core';
import { mayBlock, type PairPlan } from '@losslab/kernels';
import type { Workspace } from './workspace.ts';

/** A longer run is cut, for threads to share: by sizes alone, since bits depend on it. */
const MOST_ROWS = 256;

/**
 * Batch rows of one left row after the other, as a batch in the order of users has them: each run is one left row with the pairs of
 * all of its rows, often enough pairs to be walked by blocks of the right table, whose rows then come from a core's own cache.
 */
interface Runs {
  readonly ids: Int32Array; // [R], the left row of each run
  readonly starts: Int32Array; // [R + 1], its first batch row
}

/** Both arrays belong to `space`. */
function runsOf(space: Workspace, leftRows: Int32Array): Runs {
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

/** The left row of each run [R], and a plan for each part. */
export interface RunPlans {
  readonly ids: Int32Array;
  readonly plans: readonly PairPlan[];
}

/** As long as `space` lives; undefined where blocks would not pay for one of the parts. */
export function plansOfRuns(
  space: Workspace,
  leftRows: Int32Array, // [B]
  parts: readonly IdMatrix[], // each [B, N]
  [rights, dim]: readonly [number, number],
): RunPlans | undefined {
  const pays = (columns: number): boolean => mayBlock({ pairs: rights, columns, rights, dim });
  if (!parts.every(({ columns }) => pays(columns * MOST_ROWS))) return undefined; // not even the longest runs
  const { ids, starts } = runsOf(space, leftRows);
  if (!parts.every(({ data }) => pays(data.length / ids.length))) return undefined;
  const k = space.kernels;
  const plans = parts.map(({ data, columns }) => {
    const rowStarts = space.i32(starts.length);
    for (let run = 0; run < starts.length; run++) rowStarts[run] = starts[run]! * columns;
    const plan = k.planPairs({ rightRows: space.resident(data), rowStarts, rights, dim });
    space.defer(() => k.freePlan(plan));
    return plan;
  });
  return { ids, plans };
}
