import { ensure } from '../assert.ts';
import type { Naive } from './contract.ts';
import type { LossCase } from './fixture.ts';
import { arraysOf, mapArrays, toNaive } from './scores.ts';

/** Steps of float64 differences: the error is about step² against a rounding of 1e-16 / step. */
const STEP = 1e-5;
/** One-sided slopes that part by more than this share of the largest slope stand at a kink. */
const KINK = 1e-2;

export interface Slopes {
  readonly slopes: Map<string, Float64Array>;
  /** 1 where the value has a kink, and the slope means nothing. */
  readonly kinks: Map<string, Uint8Array>;
}

/** Central differences of the naive value in every score, in float64. */
export function naiveSlopes(naive: Naive, { batch, scores, shape }: LossCase): Slopes {
  const valueAt = (path: string, index: number, shift: number): number =>
    naive(toNaive(shifted(scores, path, index, shift), shape), batch);
  const here = naive(toNaive(scores, shape), batch);
  const [slopes, gaps] = [new Map<string, Float64Array>(), new Map<string, Float64Array>()];
  for (const [path, values] of arraysOf(scores)) {
    const [central, gap] = [new Float64Array(values.length), new Float64Array(values.length)];
    values.forEach((value, k) => {
      const step = STEP * Math.max(1, Math.abs(value));
      const [below, above] = [valueAt(path, k, -step), valueAt(path, k, step)];
      central[k] = (above - below) / (2 * step);
      gap[k] = Math.abs(above + below - 2 * here) / step;
    });
    slopes.set(path, central);
    gaps.set(path, gap);
  }
  const largest = largestMagnitude(slopes.values());
  const kinks = new Map(
    [...gaps].map(([path, gap]) => [path, Uint8Array.from(gap, (g) => (g > KINK * largest ? 1 : 0))]),
  );
  return { slopes, kinks };
}

export function largestMagnitude(arrays: Iterable<ArrayLike<number>>): number {
  let largest = 0;
  for (const array of arrays) for (let k = 0; k < array.length; k++) largest = Math.max(largest, Math.abs(array[k]!));
  return largest;
}

function shifted(scores: LossCase['scores'], path: string, index: number, shift: number): LossCase['scores'] {
  return mapArrays(scores, (values, at) => {
    if (at !== path) return values;
    const copy = values.slice();
    copy[index]! += shift;
    return copy;
  });
}

/** At most a quarter of the scores may stand at kinks: else the points say nothing. */
export function ensureFewKinks(kinks: Slopes['kinks']): void {
  let [count, total] = [0, 0];
  for (const marks of kinks.values()) {
    total += marks.length;
    for (const mark of marks) count += mark;
  }
  ensure(4 * count <= total, 'a loss with few kinks', () => `${count} kinks at ${total} scores`);
}
