/**
 * EASE. Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019; eq. 24 of Jin & Li, 2023:
 *
 *     min ‖X − XW‖² + λ‖W‖²  with diag(W) = 0:     P = (XᵀX + λI)⁻¹,   W = I − P · dMat(1 ⊘ diag(P))
 *
 * Debiased, eq. 27: min ‖X − XW‖² − α‖XW‖² + λ‖W‖² is 1/(1 − α) times EASE with λ/(1 − α). The debiased MSE with λ = 1 and a
 * constant c_u = c, divided by c, has this form with α = 1 − 1/c, which is below 1 for every c.
 * Deviation: the paper derives α = c_u − 1 (eq. 26), having dropped a c_u; that would be 1 or more from c_u = 2 on.
 * Deviation: eq. 24 and 27 print ⊗ for ⊘.
 */
import { type FittedModel, LosslabError, type ModelContext, type ModelDefinition } from '@losslab/core';
import { loadedArray } from '../loaded.ts';
import { type EaseOptions, easeOptions } from './options.ts';
import { easeRanker } from './ranker.ts';
import { easeWeights } from './weights.ts';

/** Items of an [I, I] matrix of 1.6 GB: with a ranker's copy what the kernels' memory of 4 GiB holds. */
const MOST_ITEMS = 20_000;

function createEase(options: EaseOptions, { facts: { itemCount }, train }: ModelContext): FittedModel {
  if (itemCount > MOST_ITEMS) throw tooManyItems(itemCount);
  const shape = [itemCount, itemCount];
  let data = train;
  let weights: Float32Array | undefined;
  const fitted = (): Float32Array => weights ?? new Float32Array(itemCount * itemCount);
  return {
    kind: 'fitted',
    name: 'ease',
    async fit(given, signal) {
      weights = await easeWeights(given, options, signal);
      data = given;
    },
    ranker: () => easeRanker(data, fitted()),
    arrays: () => ({ weights: { shape, data: fitted().slice() } }),
    load(arrays) {
      weights = loadedArray(arrays, 'weights', shape, Float32Array);
    },
  };
}

function tooManyItems(itemCount: number): LosslabError {
  const most = MOST_ITEMS.toLocaleString('en');
  const got = `${itemCount.toLocaleString('en')}, whose matrix takes ${((itemCount ** 2 * 4) / 1e9).toFixed(1)} GB`;
  return new LosslabError(
    'bad-data',
    `[models] expected at most ${most} items for ease, got ${got}; take ials, or fewer items`,
    { where: 'model' },
  );
}

export const ease: ModelDefinition<EaseOptions> = {
  kind: 'model',
  name: 'ease',
  fitted: true,
  summary: 'Item-item regression in closed form, for up to 20,000 items.',
  source: 'Steck, WWW 2019; Jin & Li, 2023, eq. 24 and 27',
  options: easeOptions,
  create: createEase,
};
