export { bceLabelled, labelledLoss } from './bce-labelled.ts';
export { idl, inverseDualLoss, positiveWeights } from './idl.ts';
export { type InverseGradientOptions, ig } from './ig.ts';
export { asNegative, ns } from './ns.ts';
export { rCe, reweightedLoss } from './r-ce.ts';
export { dropRate, tCe, truncatedLoss } from './t-ce.ts';
export { logLoss } from './two-parts.ts';
