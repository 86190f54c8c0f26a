import type { Gradients } from '@losslab/core';
import { Random } from '@losslab/kernels';
import type * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect } from 'vitest';
import { whatIsMissing } from '../src/engines/missing.ts';
import { EmbeddingTable, type EngineName, type Initialiser, useEngine } from '../src/index.ts';
import { ours } from '../src/parameters/step-gradients.ts';

/** The suites run on these; on `tensorflow` where its addon is at hand. */
export const ENGINES = ['cpu', 'wasm', 'simd', 'tensorflow'] as const;

const missing: Partial<Record<EngineName, string>> = { tensorflow: whatIsMissing('tensorflow') };

/** Those of them that work here. */
export const PRESENT = ENGINES.filter((engine) => missing[engine] === undefined);

/** One `describe` an engine, selected before its tests. */
export function onEngines(
  title: string,
  suite: (engine: EngineName) => void,
  engines: readonly EngineName[] = ENGINES,
): void {
  for (const engine of engines) {
    const why = missing[engine];
    describe.skipIf(why !== undefined)(`${title} (${why === undefined ? engine : `not on ${engine}: ${why}`})`, () => {
      beforeAll(async () => {
        await useEngine(engine);
      });
      suite(engine);
    });
  }
}

/** Standard normal numbers, by a seed. */
export function normals(length: number, seed = 1): Float32Array {
  const random = new Random({ seed });
  return Float32Array.from({ length }, () => random.normal());
}

/** Whole numbers in [0, bound). */
export function wholes(length: number, bound: number, seed = 1): Int32Array {
  const random = new Random({ seed });
  return Int32Array.from({ length }, () => random.int(bound));
}

/** Starts a table at given values. */
export const given =
  (values: Float32Array): Initialiser =>
  (out) =>
    out.set(values);

export function tableOf(name: string, values: Float32Array, dimension: number): EmbeddingTable {
  return new EmbeddingTable({ name, rows: values.length / dimension, dimension, initialise: given(values), seed: 1 });
}

/** The gradient of one parameter as a dense array, zeros where rows are untouched; undefined where it has none. */
export function denseGradient(gradients: Gradients, name: string): Float32Array | undefined {
  const entry = ours(gradients).found.get(name);
  if (entry === undefined) return undefined;
  if (entry.kind === 'dense') return Float32Array.from(entry.gradient.dataSync<'float32'>());
  const { ids, values, dimension, rows } = entry.shared.gradient;
  const out = new Float32Array(rows * dimension);
  ids.forEach((id, slot) => {
    out.set(values.subarray(slot * dimension, (slot + 1) * dimension), id * dimension);
  });
  return out;
}

/** Central differences of a float64 function, at one entry after the other. */
export function differences(f: (x: Float64Array) => number, at: ArrayLike<number>, step = 1e-5): Float64Array {
  const x = Float64Array.from(at);
  return x.map((_, i) => {
    const kept = x[i]!;
    x[i] = kept + step;
    const above = f(x);
    x[i] = kept - step;
    const below = f(x);
    x[i] = kept;
    return (above - below) / (2 * step);
  });
}

/** |a − b| ≤ tolerance · max(1, |b|) everywhere; NaN and infinities must agree. */
export function expectClose(a: ArrayLike<number> | undefined, b: ArrayLike<number>, tolerance = 1e-5): void {
  expect(a?.length).toBe(b.length);
  for (let i = 0; i < b.length; i++) {
    if (Object.is(a![i], b[i]) || a![i] === b[i]) continue;
    const gap = Math.abs(a![i]! - b[i]!) / Math.max(1, Math.abs(b[i]!));
    if (!(gap <= tolerance)) expect.fail(`entry ${i}: ${a![i]} is not ${b[i]} within ${tolerance}`);
  }
}

export const numbers = (x: tf.Tensor): number[] => Array.from(x.dataSync());

/** The bits of an array, so that −0 and 0 differ. */
export const bits = (x: Float32Array): Uint32Array => new Uint32Array(Float32Array.from(x).buffer);
