import { type Counter, kernels } from '@losslab/kernels';
import { translated } from './errors.ts';

/** Fills `out` [rows, dimension], which lies in the kernels' memory, from the counter's sequence. */
export type Initialiser = (out: Float32Array, rows: number, dimension: number, at: Counter) => void;

/** Stream of the counter that initial values are drawn from; samplers use small numbers. */
const STREAM = 0xf001;

/** Uniform in [low, high). */
export function uniform(low: number, high: number): Initialiser {
  return (out, _rows, _dimension, at) => kernels().fillUniform({ at, out, low, high });
}

/** Normal with mean 0. */
export function normal(deviation: number): Initialiser {
  return (out, _rows, _dimension, at) => kernels().fillNormal({ at, out, deviation });
}

export function zeros(): Initialiser {
  return (out) => kernels().fill({ out, value: 0 });
}

/** Uniform in ±√(6 / (rows + dimension)) (Glorot & Bengio 2010). */
export function xavierUniform(): Initialiser {
  return (out, rows, dimension, at) => {
    const limit = Math.sqrt(6 / (rows + dimension));
    uniform(-limit, limit)(out, rows, dimension, at);
  };
}

/** Normal with variance 2 / (rows + dimension) (Glorot & Bengio 2010). */
export function xavierNormal(): Initialiser {
  return (out, rows, dimension, at) => normal(Math.sqrt(2 / (rows + dimension)))(out, rows, dimension, at);
}

/** 32-bit FNV-1a. */
function hash(text: string, offset: number): number {
  let value = offset;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x0100_0193);
  return value >>> 0;
}

/** Where a parameter's initial values come from: a pure function of (seed, name). */
export function initialCounter(seed: number, name: string): Counter {
  return { seed, stream: STREAM, epoch: hash(name, 0x811c_9dc5), step: hash(name, 0x9747_b28c) };
}

/** Initial values of a parameter [rows, dimension], a plain array: the same ones on every engine. */
export function initialValues(
  initialise: Initialiser,
  { name, rows, dimension, seed }: { name: string; rows: number; dimension: number; seed: number },
): Float32Array {
  const { memory } = kernels();
  const view = translated(() => memory.f32(rows * dimension));
  try {
    initialise(view, rows, dimension, initialCounter(seed, name));
    return Float32Array.from(view);
  } finally {
    memory.free(view);
  }
}
