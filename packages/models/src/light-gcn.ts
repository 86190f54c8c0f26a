/**
 * LightGCN. He, Deng, Wang, Li, Zhang, Wang: "LightGCN: Simplifying and Powering Graph Convolution Network for
 * Recommendation", SIGIR 2020. N_u are the training items of user u, N_i the users of item i:
 *
 *     e_u^(k+1) = Σ_{i ∈ N_u} e_i^k / (√|N_u| √|N_i|),   e_i^(k+1) = Σ_{u ∈ N_i} e_u^k / (√|N_i| √|N_u|)            (eq. 3)
 *     e_u = Σ_{k=0..K} e_u^k / (K + 1),   e_i likewise                                                              (eq. 4)
 *     s(u,i) = ⟨e_u, e_i⟩   or   ⟨e_u, e_i⟩ / (‖e_u‖ ‖e_i‖)                                                         (eq. 5)
 *     penalty = λ/2 · Σ_b ( ‖e_u⁰‖² + Σ_m ‖e_i⁰‖² + Σ_n ‖e_j⁰‖² ) / B      on the batch's rows, as the authors' code has it
 */
import { factorRanker, ParameterSet } from '@losslab/backend';
import type { Batch, ModelContext, ModelDefinition, Ranker, StepModel } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { batchPenalty, batchScores } from './batch-scores.ts';
import { KeptLayers } from './kept-layers.ts';
import { batchLayers, type Graph, meanOfAll, meanOfLayers, normalisedGraph } from './light-gcn-graph.ts';
import { graphTableOptions, makeTables, ranksByCosine } from './tables.ts';

const options = z.strictObject({
  ...graphTableOptions,
  layers: z.int().min(1, 'must be >= 1').default(3).describe('K, how often vectors are propagated.'),
  edgeDropout: z
    .number()
    .min(0, 'must be in [0, 1)')
    .lt(1, 'must be in [0, 1)')
    .default(0)
    .describe('Share in [0, 1) of the graph’s edges left out in training, anew for each step; the others weigh more.'),
  l2: z.number().nonnegative('must be >= 0').default(0).describe('λ ≥ 0 of the penalty λ/2 · Σ‖row‖² / B.'),
  l2Layers: z
    .enum(['first', 'all'])
    .default('first')
    .describe(
      'Whose rows the penalty is on: of layer 0 (He et al.), or of layers 0 to K, summed (the code of Wu et al.).',
    ),
});
export type LightGcnOptions = z.output<typeof options>;

function rankerOf(graph: Graph, chosen: LightGcnOptions): Ranker {
  const { users, items } = meanOfAll(graph);
  const ranker = factorRanker(users, items, ranksByCosine(chosen));
  tf.dispose([users, items]);
  return ranker;
}

function createLightGcn(chosen: LightGcnOptions, context: ModelContext): StepModel {
  const tables = makeTables(chosen, context);
  const matrix = normalisedGraph(context.train);
  const graph: Graph = { ...tables, matrix, layers: chosen.layers };
  const kept = new KeptLayers();
  return {
    kind: 'step',
    name: 'lightgcn',
    parameters: new ParameterSet({ tables: [tables.users, tables.items], owns: [matrix] }),
    score(batch, { training, seed }) {
      const { epoch, step } = batch;
      const rate = training ? chosen.edgeDropout : 0;
      const dropout = rate > 0 ? { rate, seed, epoch, step } : undefined;
      const { layers, batch: local } = kept.keep(batch, batchLayers(graph, batch, dropout));
      return batchScores(meanOfLayers(layers), local, chosen);
    },
    ...(chosen.l2 > 0 && {
      penalty(batch: Batch) {
        const { layers, batch: local } = kept.find(batch) ?? batchLayers(graph, batch, undefined);
        const penalised = chosen.l2Layers === 'all' ? layers : layers.slice(0, 1);
        return tf.addN(penalised.map((layer) => batchPenalty(layer, chosen.l2, local)));
      },
    }),
    ranker: () => rankerOf(graph, chosen),
  };
}

export const lightGcn: ModelDefinition<LightGcnOptions> = {
  kind: 'model',
  name: 'lightgcn',
  fitted: false,
  summary: 'LightGCN: matrix factorisation on vectors averaged over the user-item graph.',
  source: 'He et al., SIGIR 2020',
  options,
  create: createLightGcn,
};
