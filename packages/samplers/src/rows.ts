import type { Interactions } from '@losslab/core';
import type { Csr, Kernels } from '@losslab/kernels';
import { expected } from './errors.ts';

/** Interactions in the kernels' memory, with the user of each. */
export interface TrainRows extends Csr {
  readonly userCount: number;
  readonly itemCount: number;
  readonly users: Int32Array; // [interactions], ascending
  readonly count: number; // interactions
  dispose(): void;
}

/** The users of the interactions, in their order. */
export function usersOf({ indptr, indices }: Interactions): Int32Array {
  const users = new Int32Array(indices.length);
  for (let u = 0; u + 1 < indptr.length; u++) users.fill(u, indptr[u], indptr[u + 1]);
  return users;
}

/** @throws LosslabError `bad-data` where there is nothing to train on. */
export function trainRows(train: Interactions, { memory }: Kernels): TrainRows {
  if (train.indices.length === 0) {
    throw expected('bad-data', 'training interactions', 'none', 'train on data that is not empty', 'train');
  }
  const indptr = memory.copyOf(train.indptr);
  const indices = memory.copyOf(train.indices);
  return {
    userCount: train.userCount,
    itemCount: train.itemCount,
    indptr,
    indices,
    users: usersOf(train),
    count: indices.length,
    dispose() {
      memory.free(indptr);
      memory.free(indices);
    },
  };
}
