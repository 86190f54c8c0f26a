import type { SamplerContext } from '@losslab/core';
import type { Kernels } from '@losslab/kernels';
import type { Counters } from './counters.ts';
import { allRows } from './unlabelled-items.ts';

/** Items of each user that may become negatives: uniform draws, with replacement, from what the user is in no row with. */
export interface Pools {
  readonly userCount: number;
  readonly size: number;
  readonly items: Int32Array; // [userCount, size]
}

export function drawPools(context: SamplerContext, size: number, counters: Counters, kernels: Kernels): Pools {
  const { memory } = kernels;
  const { userCount, itemCount, indptr, indices } = allRows(context);
  const users = memory.copyOf(Int32Array.from({ length: userCount }, (_, u) => u));
  const exclude = { indptr: memory.copyOf(indptr), indices: memory.copyOf(indices) };
  const out = memory.i32(userCount * size);
  const at = counters('pool', 0, 0);
  kernels.sampleNegatives({ at, users, columns: size, items: itemCount, exclude, out });
  const items = new Int32Array(out);
  for (const view of [users, exclude.indptr, exclude.indices, out]) memory.free(view);
  return { userCount, size, items };
}
