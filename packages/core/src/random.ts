/**
 * Counter-based randomness (Philox4x32-10, Salmon et al. 2011): a number is a pure function of seed, stream, epoch, step and its
 * index, so that batches and masks can be made ahead, in any thread, and a resumed run sees the same ones.
 */
export { type Counter, Random } from '@losslab/kernels';
