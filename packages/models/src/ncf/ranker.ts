import type { EmbeddingTable } from '@losslab/backend';
import { LosslabError, type ScoreRanker } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import type { Tables } from '../tables.ts';
import { weighed } from './gmf-half.ts';
import { dense, type MlpNetwork } from './mlp-half.ts';
import type { Matrix } from './parameters.ts';

/** Pairs that go through the network at a time: 8 MB of the first layer at width 128. */
const BLOCK = 16_384;

export interface RankedNetwork extends MlpNetwork {
  /** NeuMF's element-wise half. */
  readonly gmf?: { readonly tables: Tables; readonly h: Matrix };
}

/** Copies of what the network needs of users, of items, and of neither. */
interface Frozen {
  readonly firstUsers: tf.Tensor2D; // [users, width]: W₁ᵀ[p; 0] + b₁
  readonly firstItems: tf.Tensor2D; // [items, width]: W₁ᵀ[0; q]
  readonly further: readonly { readonly weights: tf.Tensor2D; readonly bias: tf.Tensor1D }[];
  readonly h: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
  readonly gmfUsers?: tf.Tensor2D; // [users, D]: h ⊙ p
  readonly gmfItems?: tf.Tensor2D; // [items, D]
}

/** Scores of all items, block by block through the network; the first layer's products are made once, for good. */
export function networkRanker(network: RankedNetwork): ScoreRanker {
  const { users, items } = network.mlp;
  const frozen = tf.tidy(() => freeze(network)) as unknown as Frozen;
  let live = true;
  return {
    kind: 'scores',
    userCount: users.rows,
    itemCount: items.rows,
    score(ids, out) {
      checkLive(live);
      ids.forEach((user, row) => {
        scoreUser(frozen, user, items.rows, out.subarray(row * items.rows, (row + 1) * items.rows));
      });
    },
    pairs(ofUsers, ofItems) {
      checkLive(live);
      return pairScores(frozen, ofUsers, ofItems);
    },
    dispose() {
      if (live) tf.dispose(frozen as unknown as tf.TensorContainer);
      live = false;
    },
  };
}

function checkLive(live: boolean): void {
  if (!live) throw new LosslabError('bad-data', '[models] expected a live ranker, got a disposed one; make another');
}

function freeze({ mlp, h, bias, gmf }: RankedNetwork): tf.TensorContainerObject {
  const rows = (table: EmbeddingTable): tf.Tensor2D => tf.tensor2d(table.values(), [table.rows, table.dimension]);
  const copy = <T extends tf.Tensor>(x: T): T => tf.tensor(x.dataSync().slice(), x.shape) as unknown as T;
  return {
    firstUsers: tf.add(tf.matMul(rows(mlp.users), mlp.first.users), mlp.first.bias),
    firstItems: tf.matMul(rows(mlp.items), mlp.first.items),
    further: mlp.further.map(({ weights, bias: b }) => ({ weights: copy(weights), bias: copy(b) })),
    h: copy(h),
    bias: copy(bias),
    ...(gmf && { gmfUsers: weighed(rows(gmf.tables.users), gmf.h), gmfItems: rows(gmf.tables.items) }),
  };
}

function scoreUser(frozen: Frozen, user: number, itemCount: number, out: Float32Array): void {
  const { gmfUsers, gmfItems, firstUsers, firstItems, further, h, bias } = frozen;
  const row = (x: tf.Tensor2D): tf.Tensor2D => tf.slice2d(x, [user, 0], [1, x.shape[1]]);
  for (let from = 0; from < itemCount; from += BLOCK) {
    const count = Math.min(BLOCK, itemCount - from);
    const block = (x: tf.Tensor2D): tf.Tensor2D => tf.slice2d(x, [from, 0], [count, x.shape[1]]);
    tf.tidy(() => {
      const first = tf.relu(tf.add<tf.Tensor2D>(block(firstItems), row(firstUsers)));
      const hidden = further.reduce((z, { weights, bias: b }) => dense(z, weights, b), first);
      const scores = tf.add(tf.matMul(hidden, h), bias);
      const both =
        gmfUsers && gmfItems ? tf.add(scores, tf.matMul(block(gmfItems), row(gmfUsers), false, true)) : scores;
      out.set(both.dataSync<'float32'>(), from);
    });
  }
}

/** Scores of pairs [n], block by block. */
function pairScores(frozen: Frozen, users: Int32Array, items: Int32Array): Float32Array {
  const { gmfUsers, gmfItems, firstUsers, firstItems, further, h, bias } = frozen;
  const out = new Float32Array(users.length);
  for (let from = 0; from < users.length; from += BLOCK) {
    tf.tidy(() => {
      const [left, right] = [users, items].map((ids) => tf.tensor1d(ids.slice(from, from + BLOCK), 'int32'));
      const first = tf.relu(tf.add<tf.Tensor2D>(tf.gather(firstUsers, left!), tf.gather(firstItems, right!)));
      const hidden = further.reduce((z, { weights, bias: b }) => dense(z, weights, b), first);
      const scores = tf.squeeze(tf.add(tf.matMul(hidden, h), bias), [1]);
      const both =
        gmfUsers && gmfItems
          ? tf.add(scores, tf.sum(tf.mul(tf.gather(gmfUsers, left!), tf.gather(gmfItems, right!)), 1))
          : scores;
      out.set(both.dataSync<'float32'>(), from);
    });
  }
  return out;
}
