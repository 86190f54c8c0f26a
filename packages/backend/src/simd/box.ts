import { kernels } from '@losslab/kernels';
import { sizeOf } from './backend.ts';

/** Numbers of any dtype that a tensor may hold. */
export type Numbers = Float32Array | Int32Array | Uint8Array;

interface Side {
  readonly values: Numbers;
  readonly shape: readonly number[];
  readonly at: readonly number[]; // where the box begins
}

/** Below it a loop is faster than `set`. */
const SHORT_RUN = 16;

/** From here on calling the kernel is worth it. */
const LONG_RUN = 1024;

/** Of shared memory, V8's `set` copies byte by byte where the two ends lie differently in words of 8 bytes. */
function isSlowToSet(source: Numbers, target: Numbers): boolean {
  return source.length >= LONG_RUN && (source.byteOffset - target.byteOffset) % 8 !== 0;
}

function copyLong(source: Numbers, target: Numbers): void {
  const isFloat = source instanceof Float32Array && target instanceof Float32Array;
  if (isFloat && isSlowToSet(source, target)) kernels().copy({ x: source, out: target });
  else target.set(source);
}

export function copyRun(from: Numbers, start: number, to: Numbers, at: number, length: number): void {
  if (length >= SHORT_RUN) copyLong(from.subarray(start, start + length), to.subarray(at, at + length));
  else for (let i = 0; i < length; i++) to[at + i] = from[start + i]!;
}

export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let d = shape.length - 2; d >= 0; d--) strides[d] = strides[d + 1]! * shape[d + 1]!;
  return strides;
}

const offsetOf = ({ shape, at }: Side): number =>
  stridesOf(shape).reduce((offset, stride, d) => offset + stride * at[d]!, 0);

/** Copies a box of `size` from one array into another of the same rank, in runs as long as both sides have them. */
export function copyBox(from: Side, to: Side, size: readonly number[]): void {
  if (sizeOf(size) === 0) return;
  const [source, target] = [stridesOf(from.shape), stridesOf(to.shape)];
  let inner = size.length; // dimensions from here on are one run
  let run = 1;
  while (inner > 0 && source[inner - 1] === run && target[inner - 1] === run) run *= size[--inner]!;
  const walk = (d: number, start: number, at: number): void => {
    if (d === inner) copyRun(from.values, start, to.values, at, run);
    else for (let i = 0; i < size[d]!; i++) walk(d + 1, start + i * source[d]!, at + i * target[d]!);
  };
  walk(0, offsetOf(from), offsetOf(to));
}

/** out[i] = x at the same place with the dimensions of `x` in the order of `perm`; out has shape `outShape`. */
export function permute(x: Numbers, shape: readonly number[], perm: readonly number[], out: Numbers): void {
  const strides = stridesOf(shape);
  const lengths = perm.map((d) => shape[d]!);
  const steps = perm.map((d) => strides[d]!);
  const last = perm.length - 1;
  let at = 0;
  const walk = (d: number, start: number): void => {
    const length = lengths[d]!;
    const step = steps[d]!;
    if (d < last) for (let i = 0; i < length; i++) walk(d + 1, start + i * step);
    else if (step === 1) {
      copyRun(x, start, out, at, length);
      at += length;
    } else for (let i = 0; i < length; i++) out[at++] = x[start + i * step]!;
  };
  if (out.length > 0) walk(0, 0);
}

/** Repeats x [shape] `reps` times along each dimension into out. */
export function repeat(x: Numbers, shape: readonly number[], reps: readonly number[], out: Numbers): void {
  const source = stridesOf(shape);
  const target = stridesOf(shape.map((length, d) => length * reps[d]!));
  let inner = shape.length; // dimensions from here on are not repeated
  while (inner > 0 && reps[inner - 1] === 1) inner--;
  const run = sizeOf(shape.slice(inner));
  const walk = (d: number, start: number, at: number): void => {
    if (d === inner) {
      copyRun(x, start, out, at, run);
      return;
    }
    for (let i = 0; i < shape[d]!; i++) walk(d + 1, start + i * source[d]!, at + i * target[d]!);
    spread(out, at, shape[d]! * target[d]!, reps[d]!);
  };
  if (out.length > 0) walk(0, 0, 0);
}

/** Copies a block of `length` at `at` behind itself until it stands there `times` times. */
function spread(out: Numbers, at: number, length: number, times: number): void {
  if (length === 1) {
    const value = out[at]!;
    for (let i = 1; i < times; i++) out[at + i] = value;
    return;
  }
  const total = length * times;
  for (let filled = length; filled < total; filled *= 2) {
    copyRun(out, at, out, at + filled, Math.min(filled, total - filled));
  }
}
