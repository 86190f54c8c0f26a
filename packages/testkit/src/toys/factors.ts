import { EmbeddingTable, embeddingDot, factorRanker, normal, ParameterSet } from '@losslab/backend';
import { type IdMatrix, idMatrix, type ModelContext, type ModelDefinition, negativeIds } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const options = z.strictObject({ dimension: z.int().min(1, 'must be >= 1').default(4) });

function makeTable(name: string, rows: number, dimension: number, { seed, scope }: ModelContext): EmbeddingTable {
  return new EmbeddingTable({
    name: scope ? `${scope}.${name}` : name,
    rows,
    dimension,
    initialise: normal(0.1),
    seed,
  });
}

/** s(u,i) = ⟨p_u, q_i⟩ and nothing more. */
export const toyFactors: ModelDefinition<z.output<typeof options>> = {
  kind: 'model',
  name: 'toy-factors',
  fitted: false,
  summary: 'Inner products of two tables, for tests.',
  source: 'losslab testkit',
  options,
  create({ dimension }, context) {
    const users = makeTable('users', context.facts.userCount, dimension, context);
    const items = makeTable('items', context.facts.itemCount, dimension, context);
    const of = (leftRows: Int32Array, rightRows: IdMatrix): tf.Tensor2D =>
      embeddingDot({ left: users, right: items, leftRows, rightRows });
    return {
      kind: 'step',
      name: 'toy-factors',
      parameters: new ParameterSet({ tables: [users, items] }),
      score: (batch) => ({
        positive: of(batch.users, batch.positives),
        negative: of(batch.users, negativeIds(batch)),
        ...(batch.labelled && {
          labelled: tf.squeeze<tf.Tensor1D>(of(batch.labelled.users, idMatrix(batch.labelled.items, 1)), [1]),
        }),
      }),
      ranker: () => factorRanker(users, items),
    };
  },
};
