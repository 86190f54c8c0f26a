export { bilateralSoftmaxLoss, bsl } from './bsl.ts';
export { bslReference, bslReferenceLoss } from './bsl-reference.ts';
export { logExpectationExp, robustnessRadius, worstCase } from './expectation.ts';
export { sl, softmaxLoss } from './sl.ts';
export { slWithoutVariance, softmaxLossWithoutVariance } from './sl-without-variance.ts';
