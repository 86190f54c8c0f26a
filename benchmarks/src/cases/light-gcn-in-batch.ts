import type { SamplerDefinition } from '@losslab/core';
import { bslReference } from '@losslab/loss-bsl';
import { inBatch } from '@losslab/samplers';
import type { Case } from './case.ts';
import { lightGcnCase } from './light-gcn-case.ts';

/** BSL on LightGCN as its authors run it on Gowalla: one hop, cosines, the other rows' positives as negatives. */
export const lightGcnInBatch = (): Case =>
  lightGcnCase({
    name: 'lightgcn-bsl-inbatch',
    title: 'one BSL step, LightGCN, 1 layer, in-batch negatives, B 2,048, D 64, Gowalla’s graph',
    layers: 1,
    loss: bslReference,
    lossOptions: { variant: 'reweight', tau: 0.12, w: 0.84 },
    similarity: 'cosine',
    sampler: { definition: inBatch as SamplerDefinition, options: {} },
    torch: 'lightgcn-bsl',
    budgets: [],
  });
