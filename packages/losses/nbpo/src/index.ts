export { bpo, bpoLoss } from './bpo.ts';
export { flipProbability, missedProbability } from './flips.ts';
export { surrogateLikelihoodLoss } from './likelihood.ts';
export { nbpo } from './nbpo.ts';
export { nbpoLikelihoodLoss, nbpoO } from './nbpo-o.ts';
export { nbpoS } from './nbpo-s.ts';
export { type NoiseOptions, noiseNeeds } from './noise-model.ts';
export { shiftedSquaredError, shiftMc } from './shift-mc.ts';
export { surrogateGradient } from './surrogate.ts';
