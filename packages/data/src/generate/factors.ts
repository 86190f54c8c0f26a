import { randomOf, STREAM } from '../random.ts';
import { drawPopularity } from './laws.ts';
import type { ResolvedGenerateOptions } from './options.ts';

/** How far popularity moves a preference, against a taste of variance 1. */
const POPULARITY_PULL = 0.5;

/** The latent truth: preference(u, i) = ⟨p_u, q_i⟩ + b_i. */
export interface Factors {
  readonly dimension: number;
  readonly users: Float32Array; // [users, dimension]
  readonly items: Float32Array; // [items, dimension]
  readonly itemBias: Float32Array; // [items]
  /** Zipf weight of each item, at most 1. */
  readonly popularity: Float32Array; // [items]
}

/** Factors are normal with ⟨p_u, q_i⟩ of variance 1; popular items are liked a little more. */
export function drawFactors({ users, items, dimension, popularitySkew, seed }: ResolvedGenerateOptions): Factors {
  const random = randomOf(seed, STREAM.factors);
  const scale = dimension ** -0.25;
  const normals = (length: number) => Float32Array.from({ length }, () => scale * random.normal());
  const userFactors = normals(users * dimension);
  const itemFactors = normals(items * dimension);
  const popularity = drawPopularity(random, items, popularitySkew);
  return { dimension, users: userFactors, items: itemFactors, itemBias: biases(popularity), popularity };
}

/** The logarithm of popularity, centred. */
function biases(popularity: Float32Array): Float32Array {
  const logs = Float64Array.from(popularity, (weight) => Math.log(weight));
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
  return Float32Array.from(logs, (log) => POPULARITY_PULL * (log - mean));
}

export function preferenceOf(factors: Factors, user: number, item: number): number {
  const { dimension, users, items, itemBias } = factors;
  let sum = itemBias[item]!;
  for (let d = 0; d < dimension; d++) sum += users[user * dimension + d]! * items[item * dimension + d]!;
  return sum;
}
