import * as tf from '@tensorflow/tfjs';

/**
 * The tape that is recording, undefined where none is. Each `gradient` has its own, so what was computed under one may be
 * used again under the same one and no other.
 */
export function recordingTape(): object | undefined {
  const { gradientDepth, activeTape } = tf.engine().state;
  return gradientDepth > 0 ? activeTape : undefined;
}
