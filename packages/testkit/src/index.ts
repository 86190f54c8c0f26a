export { ContractError, firstDifference, type Tolerance } from './assert.ts';
export { type Check, failuresOf } from './check.ts';
export { type Checkerboard, checkerboard, pairsOf, smallInteractions, unseenItems } from './data.ts';
export { defaultEngines, eachEngine } from './engines.ts';
export { type KernelContract, kernelChecks, testKernel } from './kernel.ts';
export type { LossContract, Naive } from './loss/contract.ts';
export { lossGradient, lossValue } from './loss/evaluate.ts';
export {
  type BatchShape,
  cosines,
  type LossCase,
  lossCase,
  lossFacts,
  lossTrain,
  products,
  randomLossCase,
} from './loss/fixture.ts';
export { lossChecks, testLoss } from './loss/index.ts';
export type { NaiveScores } from './loss/scores.ts';
export { addMatchers } from './matchers.ts';
export type { ModelContract } from './model/contract.ts';
export { modelChecks, testModel } from './model/index.ts';
export { rankerScores } from './model/ranking.ts';
export { type Documented, optionsTable, type ReadmeContract, testReadme } from './readme.ts';
export { chiSquare, deviations } from './sampler/chi-square.ts';
export type { SamplerContract } from './sampler/contract.ts';
export { samplerChecks, testSampler } from './sampler/index.ts';
export * from './toys/index.ts';
