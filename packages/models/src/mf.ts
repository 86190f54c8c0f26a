/**
 * MF, matrix factorisation. Koren, Bell, Volinsky: "Matrix Factorization Techniques for Recommender Systems", Computer
 * 42(8), 2009, without biases; cosine, dropout and regularisation as in Wu et al., "BSL", ICDE 2024, and its code:
 *
 *     s(u,i) = ⟨p_u, q_i⟩   or   ⟨p_u, q_i⟩ / (‖p_u‖ ‖q_i‖)
 *     penalty = λ/2 · Σ_b ( ‖p_u‖² + Σ_m ‖q_i‖² + Σ_n ‖q_j‖² ) / B     on the batch's raw rows, each time they occur
 */
import {
  batchSquaredNorm,
  EmbeddingTable,
  embeddingCosine,
  embeddingDot,
  factorRanker,
  type Initialiser,
  normal,
  ParameterSet,
  xavierNormal,
  xavierUniform,
} from '@losslab/backend';
import {
  type Batch,
  type IdMatrix,
  idMatrix,
  type ModelContext,
  type ModelDefinition,
  type ScoreContext,
  type Scores,
  type StepModel,
} from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { inBatchScores, userRows } from './in-batch.ts';

const options = z.strictObject({
  dimension: z.int().min(1, 'must be >= 1').default(64).describe('D, the length of a user’s or an item’s vector.'),
  similarity: z
    .enum(['dot', 'cosine'])
    .default('dot')
    .describe('For training and ranking alike. In a run, the loss’s own unless it is set.'),
  initialiser: z
    .enum(['xavierUniform', 'xavierNormal', 'normal'])
    .default('xavierUniform')
    .describe('Where the vectors start: Glorot & Bengio 2010, or normal with `deviation`.'),
  deviation: z.number().positive('must be > 0').default(0.01).describe('Standard deviation of `normal`, > 0.'),
  dropout: z
    .number()
    .min(0, 'must be in [0, 1)')
    .lt(1, 'must be in [0, 1)')
    .default(0)
    .describe(
      'Share in [0, 1) of the user vector’s entries dropped in training, anew for each row, before normalisation.',
    ),
  l2: z
    .number()
    .nonnegative('must be >= 0')
    .default(0)
    .describe('λ ≥ 0 of the penalty λ/2 · Σ‖row‖² / B on the batch’s raw rows.'),
});
export type MfOptions = z.output<typeof options>;

function initialiserOf({ initialiser, deviation }: MfOptions): Initialiser {
  return { xavierUniform, xavierNormal, normal: () => normal(deviation) }[initialiser]();
}

interface Tables {
  readonly users: EmbeddingTable; // [users, D]
  readonly items: EmbeddingTable; // [items, D]
}

function makeTables(chosen: MfOptions, { facts, seed, scope }: ModelContext): Tables {
  const initialise = initialiserOf(chosen);
  const table = (name: string, rows: number): EmbeddingTable =>
    new EmbeddingTable({
      name: scope ? `${scope}.${name}` : name,
      rows,
      dimension: chosen.dimension,
      initialise,
      seed,
    });
  return { users: table('users', facts.userCount), items: table('items', facts.itemCount) };
}

/** Scores of the batch's pairs. One dropout mask a row, for its positives and its negatives. */
function score({ users, items }: Tables, chosen: MfOptions, batch: Batch, { training, seed }: ScoreContext): Scores {
  const similarity = chosen.similarity === 'cosine' ? embeddingCosine : embeddingDot;
  const { epoch, step, labelled } = batch;
  const isDropping = training && chosen.dropout > 0;
  const leftDropout = isDropping ? { rate: chosen.dropout, seed, epoch, step } : undefined;
  const of = (leftRows: Int32Array, rightRows: IdMatrix): tf.Tensor2D =>
    similarity({ left: users, right: items, leftRows, rightRows, ...(leftDropout && { leftDropout }) });
  const pairs = labelled && { labelled: tf.squeeze<tf.Tensor1D>(of(labelled.users, idMatrix(labelled.items, 1)), [1]) };
  if (batch.negatives !== 'in-batch') {
    return { positive: of(batch.users, batch.positives), negative: of(batch.users, batch.negatives), ...pairs };
  }
  const left = userRows(users, batch, leftDropout); // (B, D)
  const leftRows = batch.users.map((_, b) => b);
  return {
    positive: similarity({ left, right: items, leftRows, rightRows: batch.positives }),
    negative: inBatchScores(left, items, batch, chosen.similarity),
    ...pairs,
  };
}

/** In-batch negatives are other rows' positives and count once, as such. Labelled pairs are rows of the batch too. */
function penalty({ users, items }: Tables, l2: number, { labelled, ...batch }: Batch): tf.Scalar {
  const norms = [batchSquaredNorm(users, batch.users), batchSquaredNorm(items, batch.positives.data)];
  if (batch.negatives !== 'in-batch') norms.push(batchSquaredNorm(items, batch.negatives.data));
  if (labelled) norms.push(batchSquaredNorm(users, labelled.users), batchSquaredNorm(items, labelled.items));
  const rows = batch.users.length + (labelled?.users.length ?? 0);
  return tf.mul(l2 / 2 / rows, tf.addN(norms));
}

function createMf(chosen: MfOptions, context: ModelContext): StepModel {
  const tables = makeTables(chosen, context);
  return {
    kind: 'step',
    name: 'mf',
    parameters: new ParameterSet({ tables: [tables.users, tables.items] }),
    score: (batch, scoreContext) => score(tables, chosen, batch, scoreContext),
    ...(chosen.l2 > 0 && { penalty: (batch) => penalty(tables, chosen.l2, batch) }),
    ranker: () => factorRanker(tables.users, tables.items, chosen.similarity === 'cosine'),
  };
}

export const mf: ModelDefinition<MfOptions> = {
  kind: 'model',
  name: 'mf',
  fitted: false,
  summary: 'Matrix factorisation: the inner product or cosine of a user’s and an item’s vector.',
  source: 'Koren et al., Computer 42(8), 2009; Wu et al., ICDE 2024, §V',
  options,
  create: createMf,
};
