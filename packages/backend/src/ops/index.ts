/** Ops on scores, what losses are made of, on whatever backend is active: without tables, optimizers and the backend `simd`. */
export { logMeanExp, logSumExp } from './log-sum-exp.ts';
export { registerFallbacks } from './register.ts';
export { softmax } from './softmax.ts';
export { softmaxMean } from './softmax-mean.ts';
export { logSigmoid, softplus } from './softplus.ts';
export { stopGradient } from './stop-gradient.ts';
export { surrogateSigmoid } from './surrogate-sigmoid.ts';
export { recordingTape } from './tape.ts';
