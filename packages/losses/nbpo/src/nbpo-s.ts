/**
 * NBPO-s, the ablation of Figure 9: the surrogate likelihood of eq. 8 with its own gradient, which vanishes at both ends of σ
 * (Yu & Qin, SIGIR 2020, §4.2 and §5.4).
 */
import type { LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { inspectFlips } from './flips.ts';
import { surrogateLikelihoodLoss } from './likelihood.ts';
import { noiseNeeds, noiseOptions } from './noise-model.ts';
import { referenceRegime } from './regime.ts';

const options = z.strictObject(noiseOptions);

export const nbpoS: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'nbpo-s',
  summary: 'NBPO’s surrogate likelihood with its plain gradient: an ablation, whose gradient vanishes.',
  source: 'Yu & Qin, SIGIR 2020, eq. 8, §5.4',
  options,
  regimes: { reference: referenceRegime },
  create: (chosen) => ({
    name: 'nbpo-s',
    needs: noiseNeeds(chosen),
    gradient: 'exact',
    compute: (scores) => surrogateLikelihoodLoss(scores, tf.sigmoid),
    inspect: inspectFlips,
  }),
};
