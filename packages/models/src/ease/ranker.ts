import { type Interactions, LosslabError, type ScoreRanker } from '@losslab/core';
import { kernels } from '@losslab/kernels';

/** score(u, i) = Σ_{j∈I_u⁺} W_ji over the user's training items. A copy of W lies in the kernels' memory until `dispose`. */
export function easeRanker(train: Interactions, weights: Float32Array): ScoreRanker {
  const { userCount, itemCount } = train;
  const { memory } = kernels();
  const copy = memory.copyOf(weights);
  let live = true;
  return {
    kind: 'scores',
    userCount,
    itemCount,
    score(users, out) {
      if (!live)
        throw new LosslabError('bad-data', '[models] expected a live ranker, got a disposed one; make another');
      scoreUsers(train, copy, users, out);
    },
    dispose() {
      if (live) memory.free(copy);
      live = false;
    },
  };
}

/** out [users.length, items] = X_users · W. */
function scoreUsers(train: Interactions, weights: Float32Array, users: Int32Array, out: Float32Array): void {
  const { memory, spmm } = kernels();
  const lists = Array.from(users, (user) => train.indices.subarray(train.indptr[user]!, train.indptr[user + 1]!));
  const indptr = memory.i32(users.length + 1);
  indptr[0] = 0;
  lists.forEach((list, row) => {
    indptr[row + 1] = indptr[row]! + list.length;
  });
  const indices = memory.i32(indptr[users.length]!);
  lists.forEach((list, row) => {
    indices.set(list, indptr[row]!);
  });
  const values = memory.f32(indices.length).fill(1);
  const size = users.length * train.itemCount;
  const into = memory.owns(out) ? out : memory.f32(size);
  spmm({ a: { indptr, indices, values }, x: weights, dim: train.itemCount, out: into.subarray(0, size) });
  if (into !== out) {
    out.set(into);
    memory.free(into);
  }
  for (const view of [indptr, indices, values]) memory.free(view);
}
