import type { NamedArray } from '@losslab/core';
import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { translated } from '../errors.ts';
import { type Parameter, tapeVariable } from '../parameters/parameter-group.ts';
import { sizeOf } from '../simd/backend.ts';
import { SIMD } from '../simd/index.ts';
import { EmbeddingTable } from '../tables/embedding-table.ts';

/** An optimizer's memory of one parameter: arrays of its shape, in the kernels' memory on `simd`, elsewhere as variables, and its step. */
export interface Moments {
  step: number;
  readonly views?: Readonly<Record<string, Float32Array>>;
  readonly variables?: Readonly<Record<string, tf.Variable>>;
  /** Copies. */
  arrays(): Record<string, NamedArray>;
  load(values: (key: string) => Float32Array): void;
  dispose(): void;
}

/** Zeros. */
export function makeMoments(parameter: Parameter, keys: readonly string[]): Moments {
  const isTable = parameter instanceof EmbeddingTable;
  const shape = isTable ? [parameter.rows, parameter.dimension] : parameter.shape;
  return (isTable ? parameter.engine : tf.getBackend()) === SIMD
    ? sharedMoments(shape, keys)
    : variableMoments(tapeVariable(parameter), keys);
}

const record = <T>(keys: readonly string[], make: (key: string) => T): Record<string, T> =>
  Object.fromEntries(keys.map((key) => [key, make(key)]));

function sharedMoments(shape: readonly number[], keys: readonly string[]): Moments {
  const k = kernels();
  const views = record(keys, () => {
    const out = translated(() => k.memory.f32(sizeOf(shape)));
    k.fill({ out, value: 0 });
    return out;
  });
  return {
    step: 0,
    views,
    arrays: () => record(keys, (key) => ({ shape: [...shape], data: Float32Array.from(views[key]!) })),
    load: (values) => {
      for (const key of keys) views[key]!.set(values(key));
    },
    dispose: () => {
      for (const view of Object.values(views)) k.memory.free(view);
    },
  };
}

function variableMoments(parameter: tf.Variable, keys: readonly string[]): Moments {
  const variables = record(keys, () => tf.tidy(() => tf.variable(tf.zeros(parameter.shape), false)));
  const shape = [...parameter.shape];
  return {
    step: 0,
    variables,
    arrays: () => record(keys, (key) => ({ shape, data: Float32Array.from(variables[key]!.dataSync<'float32'>()) })),
    load: (values) => {
      for (const key of keys) tf.tidy(() => variables[key]!.assign(tf.tensor(values(key), shape)));
    },
    dispose: () => {
      for (const variable of Object.values(variables)) variable.dispose();
    },
  };
}
