import { describe } from 'vitest';
import { type Build, type Csr, createKernels, type Kernels, Random } from '../src/index.ts';

/** Lengths around the vector widths, and two that are several vectors long. */
export const LENGTHS = [0, 1, 3, 4, 5, 7, 8, 9, 31, 64, 65];

const instances = new Map<Build, Kernels>();

function instance(build: Build): Kernels {
  const made = instances.get(build) ?? createKernels({ build });
  instances.set(build, made);
  return made;
}

/** Both modules; or what LOSSLAB_BUILD names, as in the project `wide` (vitest.config.ts). */
export const builds: readonly Build[] = process.env.LOSSLAB_BUILD ? [createKernels().build] : ['simd', 'relaxed'];

/** Runs a suite on every build. */
export function onEveryBuild(name: string, suite: (k: Kernels) => void): void {
  for (const build of builds) describe(`${name} (${build})`, () => suite(instance(build)));
}

/** A view of `values` that starts `offset` elements after an aligned address. */
export function place<T extends Float32Array | Int32Array | Uint8Array>(k: Kernels, values: T, offset = 0): T {
  const bytes = values.BYTES_PER_ELEMENT;
  const block = k.memory.u8((values.length + offset) * bytes);
  const Constructor = values.constructor as new (buffer: ArrayBufferLike, at: number, length: number) => T;
  const view = new Constructor(block.buffer, block.byteOffset + offset * bytes, values.length);
  view.set(values);
  return view;
}

export const floats = (k: Kernels, values: ArrayLike<number>, offset = 0): Float32Array =>
  place(k, Float32Array.from(values), offset);

export const ints = (k: Kernels, values: ArrayLike<number>, offset = 0): Int32Array =>
  place(k, Int32Array.from(values), offset);

/** Compressed sparse rows of `lists`. */
export function csrOf(k: Kernels, lists: readonly (readonly number[])[]): Csr {
  const indptr = new Int32Array(lists.length + 1);
  lists.forEach((list, row) => {
    indptr[row + 1] = indptr[row]! + list.length;
  });
  return { indptr: place(k, indptr), indices: ints(k, lists.flat()) };
}

/** `length` numbers uniform in [−1, 1), by a seed. */
export function uniforms(length: number, seed = 1): Float32Array {
  const random = new Random({ seed });
  return Float32Array.from({ length }, () => 2 * random.float() - 1);
}

/** `length` whole numbers in [low, high). */
export function wholes(length: number, low: number, high: number, seed = 1): Int32Array {
  const random = new Random({ seed });
  return Int32Array.from({ length }, () => low + random.int(high - low));
}

/** A symmetric positive definite [n, n], neither diagonal nor dominant: xᵀx + I of x [n / 2, n]. */
export function definite(n: number): Float32Array {
  const depth = n >> 1;
  const x = uniforms(depth * n, 5);
  return Float32Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = i === j ? 1 : 0;
    for (let d = 0; d < depth; d++) sum += x[d * n + i]! * x[d * n + j]!;
    return sum;
  });
}

/** The largest |a − b| over max(1, |b|). */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`lengths ${a.length} and ${b.length}`);
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i]) || a[i] === b[i]) continue;
    const gap = Math.abs(a[i]! - b[i]!) / Math.max(1, Math.abs(b[i]!));
    most = Number.isNaN(gap) ? Number.POSITIVE_INFINITY : Math.max(most, gap);
  }
  return most;
}

/** Units in the last place (of float32) between `value` and the float64 `exact`. */
export function ulps(value: number, exact: number): number {
  if (Object.is(value, exact) || value === Math.fround(exact)) return 0;
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(exact))));
  return Math.abs(value - exact) / 2 ** (exponent - 23);
}

/** The bits of an array, for comparisons that tell −0 from 0. */
export const bits = (view: ArrayBufferView): Uint8Array =>
  Uint8Array.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
