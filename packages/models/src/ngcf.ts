/**
 * NGCF. Wang, He, Wang, Feng, Chua: "Neural Graph Collaborative Filtering", SIGIR 2019. N_u are the training items of user u:
 *
 *     e_u^(k+1) = LeakyReLU( W₁ e_u^k + Σ_{i ∈ N_u} ( W₁ e_i^k + W₂ (e_i^k ⊙ e_u^k) ) / (√|N_u| √|N_i|) ),  items likewise  (eq. 3-5)
 *     e_u = e_u⁰ ‖ e_u¹ ‖ ... ‖ e_u^K                                                                                       (eq. 9)
 *     s(u,i) = ⟨e_u, e_i⟩   or   ⟨e_u, e_i⟩ / (‖e_u‖ ‖e_i‖)                                                                 (eq. 10)
 *     penalty = λ/2 · Σ_b ( ‖e_u‖² + Σ_m ‖e_i‖² + Σ_n ‖e_j‖² ) / B         on the batch's rows, as the authors' code has it
 *
 * Deviation: the slope of LeakyReLU, which the paper does not give, is 0.2, the default of the code's library.
 * Deviation: the penalty of eq. 11 is on all parameters; for that there is the optimizer's weight decay.
 */
import { embeddingRows, factorRanker, ParameterSet } from '@losslab/backend';
import type { Batch, ModelContext, ModelDefinition, Ranker, ScoreContext, StepModel } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { batchPenalty, batchScores } from './batch-scores.ts';
import { normalisedGraph } from './light-gcn-graph.ts';
import { localBatch } from './local-batch.ts';
import { layersOf, makeWeights, type Network } from './ngcf-network.ts';
import { graphTableOptions, makeTables, ranksByCosine, type Sides } from './tables.ts';

const share = (what: string) =>
  z.number().min(0, 'must be in [0, 1)').lt(1, 'must be in [0, 1)').default(0).describe(what);

const options = z.strictObject({
  ...graphTableOptions,
  layers: z
    .int()
    .min(1, 'must be >= 1')
    .default(3)
    .describe('K, how often vectors are propagated, each by its own W₁, W₂.'),
  normalise: z
    .boolean()
    .default(false)
    .describe(
      'Whether the vectors of layers 1 to K are divided by their norms before they are joined, as in the code.',
    ),
  messageDropout: share('Share in [0, 1) of the entries of each propagated vector dropped in training.'),
  edgeDropout: share('Share in [0, 1) of the graph’s edges left out in training (the paper’s node dropout).'),
  l2: z.number().nonnegative('must be >= 0').default(0).describe('λ ≥ 0 of the penalty λ/2 · Σ‖row‖² / B.'),
});
export type NgcfOptions = z.output<typeof options>;

/** The joined vectors of a batch's users and items, and the batch with ids that point at them. */
interface BatchRows {
  readonly rows: Sides;
  readonly batch: Batch;
}

function batchRows(network: Network, batch: Batch, context: ScoreContext): BatchRows {
  const { users, items } = network.tables;
  const local = localBatch(batch, { userCount: users.rows, itemCount: items.rows });
  const { epoch, step } = batch;
  const layers = layersOf(network, context.training ? { seed: context.seed, epoch, step } : undefined);
  const joined = (side: 'users' | 'items'): tf.Tensor2D =>
    tf.concat2d(
      layers.map((layer) => embeddingRows(layer[side], local[side])),
      1,
    );
  return { rows: { users: joined('users'), items: joined('items') }, batch: local.batch };
}

function rankerOf(network: Network, chosen: NgcfOptions): Ranker {
  const joined = tf.tidy(() => {
    const layers = layersOf(network, undefined);
    return {
      users: tf.concat2d(
        layers.map(({ users }) => users),
        1,
      ),
      items: tf.concat2d(
        layers.map(({ items }) => items),
        1,
      ),
    };
  });
  const ranker = factorRanker(joined.users, joined.items, ranksByCosine(chosen));
  tf.dispose(joined);
  return ranker;
}

function createNgcf(chosen: NgcfOptions, context: ModelContext): StepModel {
  const tables = makeTables(chosen, context);
  const matrix = normalisedGraph(context.train);
  const weights = makeWeights(chosen, context);
  const network: Network = { tables, matrix, weights, ...chosen };
  return {
    kind: 'step',
    name: 'ngcf',
    parameters: new ParameterSet({
      tables: [tables.users, tables.items],
      variables: weights.variables,
      owns: [matrix],
    }),
    score(batch, scoreContext) {
      const { rows, batch: local } = batchRows(network, batch, scoreContext);
      return batchScores(rows, local, chosen);
    },
    ...(chosen.l2 > 0 && {
      penalty(batch: Batch) {
        const { rows, batch: local } = batchRows(network, batch, { training: false, seed: context.seed });
        return batchPenalty(rows, chosen.l2, local);
      },
    }),
    ranker: () => rankerOf(network, chosen),
  };
}

export const ngcf: ModelDefinition<NgcfOptions> = {
  kind: 'model',
  name: 'ngcf',
  fitted: false,
  summary: 'NGCF: vectors propagated over the user-item graph by a small network, all layers joined.',
  source: 'Wang et al., SIGIR 2019',
  options,
  create: createNgcf,
};
