import { type IdMatrix, type Interactions, idMatrix, interactionsFromTable, type SamplerContext } from '@losslab/core';
import type { Kernels } from '@losslab/kernels';
import type { Buffers } from './buffers.ts';
import type { Counters } from './counters.ts';
import { checkNoneExhausted } from './exhausted.ts';
import { usersOf } from './rows.ts';

export interface UnlabelledItems {
  /** [B, N] items that the users are in no training row with, uniform, with replacement. */
  draw(epoch: number, step: number, users: Int32Array, columns: number, into?: Int32Array): IdMatrix;
  dispose(): void;
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const out = new Int32Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** Every pair of the training part and of the labelled pairs, of either label. */
export function allRows({ train, labelled }: Pick<SamplerContext, 'train' | 'labelled'>): Interactions {
  if (labelled === undefined) return train;
  const { userCount, itemCount } = train;
  const users = joined(usersOf(train), labelled.users);
  return interactionsFromTable({ userCount, itemCount, users, items: joined(train.indices, labelled.items) });
}

/** @throws LosslabError `bad-data` where a user is in a row with every item. */
export function unlabelledItems(
  context: SamplerContext,
  kernels: Kernels,
  counters: Counters,
  buffers: Buffers,
): UnlabelledItems {
  const { memory } = kernels;
  const all = allRows(context);
  checkNoneExhausted(all);
  const exclude = { indptr: memory.copyOf(all.indptr), indices: memory.copyOf(all.indices) };
  return {
    draw(epoch, step, users, columns, into) {
      const out = buffers.target('unlabelled', users.length * columns, into);
      const at = counters('negatives', epoch, step);
      kernels.sampleNegatives({ at, users, columns, items: all.itemCount, exclude, out });
      return idMatrix(buffers.result(out, into), columns, users.length);
    },
    dispose() {
      memory.free(exclude.indptr);
      memory.free(exclude.indices);
    },
  };
}
