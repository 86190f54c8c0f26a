export { psl, pslLoss, pslWeights } from './psl.ts';
