import { registerDirectPairs } from './direct-pairs.ts';
import { registerPairScores } from './pair-scores.ts';
import { registerPropagation } from './propagation.ts';
import { registerRowsOps } from './rows.ts';
import { registerScoreOps } from './scores-ops.ts';
import { registerSpmm } from './spmm.ts';
import { registerSquaredNorm } from './squared-norm.ts';

/** This package's ops on `simd`. */
export function registerFused(): void {
  registerScoreOps();
  registerDirectPairs();
  registerPairScores();
  registerRowsOps();
  registerSquaredNorm();
  registerSpmm();
  registerPropagation();
}
