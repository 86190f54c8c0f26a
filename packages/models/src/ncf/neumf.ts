/**
 * NeuMF, neural matrix factorisation. He, Liao, Zhang, Nie, Hu, Chua: "Neural Collaborative Filtering", WWW 2017. Both halves have
 * vectors of their own, p^G, q^G and p^M, q^M:
 *
 *     φ^GMF = p_u^G ⊙ q_i^G
 *     φ^MLP = a( W_Lᵀ a( ... a( W_1ᵀ [p_u^M; q_i^M] + b_1 ) ... ) + b_L ),   a = ReLU
 *     s(u,i) = hᵀ [φ^GMF; φ^MLP] + b                                                                               (eq. 12)
 *
 * A loss such as BCE puts σ around it. Started from trained halves (§3.4.1): h ← [α h^GMF; (1 − α) h^MLP].
 * Deviation: b, which eq. 12 lacks, is that of the authors' code; it starts from α b^GMF + (1 − α) b^MLP.
 */
import { ParameterSet } from '@losslab/backend';
import type { ModelContext, ModelDefinition, StepModel } from '@losslab/core';
import * as z from 'zod';
import { localBatch } from '../local-batch.ts';
import { gmfScores } from './gmf-half.ts';
import { dropoutAt, mlpScores } from './mlp-half.ts';
import { gmfFields, mlpFields, pretrained } from './options.ts';
import { addScores } from './pairs.ts';
import { ParameterMaker } from './parameters.ts';
import { startFrom } from './pretrained.ts';
import { networkRanker } from './ranker.ts';

const options = z.strictObject({ ...gmfFields, ...mlpFields, pretrained });
export type NeuMfOptions = z.output<typeof options>;

function createNeuMf(chosen: NeuMfOptions, context: ModelContext): StepModel {
  const { dimension, deviation, layers, dropout } = chosen;
  const make = new ParameterMaker(context);
  const last = layers.at(-1)!;
  const gmf = { tables: make.vectors('gmf', dimension, deviation), h: make.h('gmf', dimension, dimension + last) };
  const network = { mlp: make.mlp(chosen), h: make.h('mlp', last, dimension + last), bias: make.bias() };
  const parameters = new ParameterSet(make);
  if (chosen.pretrained) startFrom(chosen.pretrained, parameters, context);
  return {
    kind: 'step',
    name: 'neumf',
    parameters,
    score(batch, at) {
      const local = localBatch(batch, context.facts);
      return addScores(gmfScores(gmf.tables, gmf.h, local), mlpScores(network, local, dropoutAt(dropout, batch, at)));
    },
    ranker: () => networkRanker({ ...network, gmf }),
  };
}

export const neuMf: ModelDefinition<NeuMfOptions> = {
  kind: 'model',
  name: 'neumf',
  fitted: false,
  summary: 'NeuMF: an element-wise product and a tower of dense layers, joined by an output layer.',
  source: 'He et al., WWW 2017, eq. 12',
  options,
  create: createNeuMf,
};
