import { EmbeddingTable, embeddingDot, factorRanker, normal, ParameterSet } from '@losslab/backend';
import { type IdMatrix, idMatrix, type ModelDefinition, negativeIds } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({ dimension: z.int().min(1).default(32).describe('Numbers a user and an item.') });

/** s(u,i) = ⟨p_u, q_i⟩ of two tables, the whole of plain matrix factorisation. */
export const plainMf: ModelDefinition<z.output<typeof options>> = {
  kind: 'model',
  name: 'plain-mf',
  fitted: false,
  summary: 'Inner products of a user’s and an item’s factors.',
  source: 'Koren, Bell & Volinsky, IEEE Computer 2009, eq. 1',
  options,
  create({ dimension }, { facts, seed, scope = 'plain' }) {
    const table = (name: string, rows: number): EmbeddingTable =>
      new EmbeddingTable({ name: `${scope}.${name}`, rows, dimension, initialise: normal(0.1), seed });
    const [users, items] = [table('users', facts.userCount), table('items', facts.itemCount)];
    const scores = (leftRows: Int32Array, rightRows: IdMatrix): tf.Tensor2D =>
      embeddingDot({ left: users, right: items, leftRows, rightRows });
    return {
      kind: 'step',
      name: 'plain-mf',
      parameters: new ParameterSet({ tables: [users, items] }),
      score: (batch) => ({
        positive: scores(batch.users, batch.positives), // (B, M)
        negative: scores(batch.users, negativeIds(batch)), // (B, N)
        ...(batch.labelled && {
          labelled: tf.squeeze<tf.Tensor1D>(scores(batch.labelled.users, idMatrix(batch.labelled.items, 1)), [1]), // (L)
        }),
      }),
      ranker: () => factorRanker(users, items),
    };
  },
};
