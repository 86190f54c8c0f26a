import type { IdMatrix } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import type { Rows } from '../tables/embedding-table.ts';
import { embeddingCosine, embeddingDot } from './embedding-scores.ts';

export interface PairScoreOptions {
  readonly left: Rows;
  readonly right: Rows;
  readonly leftRows: Int32Array; // [B]
  readonly rightRows: IdMatrix; // [B, N]
  /** Cosine instead of the inner product. */
  readonly normalised?: boolean;
}

/** Current scores [B × N] off the tape, without dropout: for a sampler's `refine`. */
export function pairScores({ normalised = false, ...pairs }: PairScoreOptions): Float32Array {
  return tf.tidy(() => {
    const scores = normalised ? embeddingCosine(pairs) : embeddingDot(pairs);
    return scores.dataSync<'float32'>();
  });
}
