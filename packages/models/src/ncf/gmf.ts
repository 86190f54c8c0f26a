/**
 * GMF, generalised matrix factorisation. He, Liao, Zhang, Nie, Hu, Chua: "Neural Collaborative Filtering", WWW 2017, eq. 8-9:
 *
 *     s(u,i) = hᵀ(p_u ⊙ q_i) + b
 *
 * A loss such as BCE puts σ around it. Vectors start normal, h uniform in ±√(3/D) (Kaiming).
 * Deviation: b, which eq. 9 lacks, is that of the authors' code.
 */
import { factorRanker, ParameterSet } from '@losslab/backend';
import type { ModelContext, ModelDefinition, Ranker, StepModel } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { localBatch } from '../local-batch.ts';
import type { Tables } from '../tables.ts';
import { gmfScores, weighed } from './gmf-half.ts';
import { gmfFields } from './options.ts';
import { biased } from './pairs.ts';
import { type Matrix, ParameterMaker, type Vector } from './parameters.ts';

const options = z.strictObject(gmfFields);
export type GmfOptions = z.output<typeof options>;

/** ⟨[h ⊙ p; 1], [q; b]⟩. */
function rankerOf({ users, items }: Tables, h: Matrix, bias: Vector): Ranker {
  const rows = tf.tidy(() => {
    const p = tf.tensor2d(users.values(), [users.rows, users.dimension]);
    const q = tf.tensor2d(items.values(), [items.rows, items.dimension]);
    return {
      users: tf.concat2d([weighed(p, h), tf.ones([users.rows, 1])], 1),
      items: tf.concat2d([q, tf.fill([items.rows, 1], bias.dataSync()[0]!)], 1),
    };
  });
  const ranker = factorRanker(rows.users, rows.items);
  tf.dispose(rows);
  return ranker;
}

function createGmf({ dimension, deviation }: GmfOptions, context: ModelContext): StepModel {
  const make = new ParameterMaker(context);
  const tables = make.vectors('gmf', dimension, deviation);
  const h = make.h('gmf', dimension);
  const bias = make.bias();
  return {
    kind: 'step',
    name: 'gmf',
    parameters: new ParameterSet(make),
    score: (batch) => biased(gmfScores(tables, h, localBatch(batch, context.facts)), bias),
    ranker: () => rankerOf(tables, h, bias),
  };
}

export const gmf: ModelDefinition<GmfOptions> = {
  kind: 'model',
  name: 'gmf',
  fitted: false,
  summary: 'GMF: matrix factorisation whose dimensions are weighed by an output layer.',
  source: 'He et al., WWW 2017, eq. 8-9',
  options,
  create: createGmf,
};
