export type { Attention } from './posterior.ts';
export { itemPopularity, itemQuality, negativeLogPrior, positiveLogPrior } from './priors.ts';
export type { V2Options } from './v2-options.ts';
export { variationalBprLoss, vbpr } from './vbpr.ts';
export { exactLoss, vbprV2Exact } from './vbpr-v2-exact.ts';
export { pluginLoss, vbprV2Plugin } from './vbpr-v2-plugin.ts';
