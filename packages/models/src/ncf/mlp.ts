/**
 * MLP, the multi-layer half of NeuMF as a model of its own. He et al.: "Neural Collaborative Filtering", WWW 2017, eq. 10:
 *
 *     z₁ = [p_u; q_i],   z_k = ReLU(W_kᵀ z_{k−1} + b_k),   s(u,i) = hᵀ z_L + b
 *
 * The paper trains it to start NeuMF from. Vectors start normal, W by Xavier, h by Kaiming.
 */
import { ParameterSet } from '@losslab/backend';
import type { ModelContext, ModelDefinition, StepModel } from '@losslab/core';
import * as z from 'zod';
import { localBatch } from '../local-batch.ts';
import { dropoutAt, mlpScores } from './mlp-half.ts';
import { mlpFields } from './options.ts';
import { ParameterMaker } from './parameters.ts';
import { networkRanker } from './ranker.ts';

const options = z.strictObject(mlpFields);
export type MlpOptions = z.output<typeof options>;

function createMlp(chosen: MlpOptions, context: ModelContext): StepModel {
  const make = new ParameterMaker(context);
  const network = { mlp: make.mlp(chosen), h: make.h('mlp', chosen.layers.at(-1)!), bias: make.bias() };
  return {
    kind: 'step',
    name: 'mlp',
    parameters: new ParameterSet(make),
    score: (batch, at) => mlpScores(network, localBatch(batch, context.facts), dropoutAt(chosen.dropout, batch, at)),
    ranker: () => networkRanker(network),
  };
}

export const mlp: ModelDefinition<MlpOptions> = {
  kind: 'model',
  name: 'mlp',
  fitted: false,
  summary: 'MLP: a tower of dense layers over a user’s and an item’s vector.',
  source: 'He et al., WWW 2017, eq. 10',
  options,
  create: createMlp,
};
