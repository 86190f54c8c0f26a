/**
 * MF, matrix factorisation. Koren, Bell, Volinsky: "Matrix Factorization Techniques for Recommender Systems", Computer
 * 42(8), 2009, without biases; cosine, dropout and regularisation as in Wu et al., "BSL", ICDE 2024, and its code:
 *
 *     s(u,i) = ⟨p_u, q_i⟩   or   ⟨p_u, q_i⟩ / (‖p_u‖ ‖q_i‖)
 *     penalty = λ/2 · Σ_b ( ‖p_u‖² + Σ_m ‖q_i‖² + Σ_n ‖q_j‖² ) / B     on the batch's raw rows, each time they occur
 */
import { factorRanker, ParameterSet } from '@losslab/backend';
import type { Batch, ModelContext, ModelDefinition, ScoreContext, Scores, StepModel } from '@losslab/core';
import * as z from 'zod';
import { batchPenalty, batchScores } from './batch-scores.ts';
import { makeTables, type Tables, tableOptions } from './tables.ts';

const options = z.strictObject({
  ...tableOptions,
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

/** Scores of the batch's pairs. One dropout mask a row, for its positives and its negatives. */
function score(
  tables: Tables,
  { similarity, dropout: rate }: MfOptions,
  batch: Batch,
  { training, seed }: ScoreContext,
): Scores {
  const { epoch, step } = batch;
  return batchScores(tables, batch, {
    similarity,
    ...(training && rate > 0 && { dropout: { rate, seed, epoch, step } }),
  });
}

function createMf(chosen: MfOptions, context: ModelContext): StepModel {
  const tables = makeTables(chosen, context);
  return {
    kind: 'step',
    name: 'mf',
    parameters: new ParameterSet({ tables: [tables.users, tables.items] }),
    score: (batch, scoreContext) => score(tables, chosen, batch, scoreContext),
    ...(chosen.l2 > 0 && { penalty: (batch) => batchPenalty(tables, chosen.l2, batch) }),
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
