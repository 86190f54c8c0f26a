// Fills with random numbers. Rows are blocks of four words; element i is made of word i of the counter's sequence.

import { bounded, boundWords } from "./bounded";
import { writeWords } from "./philox";
import { element, loadTail, storeTail } from "./simd";

/** Blocks made and converted at a time, so that the words are still in the cache. */
// @ts-ignore: decorator
@inline const CHUNK = 256;

/** Elements of blocks [block, end), of `length` in all. */
// @ts-ignore: decorator
@inline
function elementsOf(block: i32, end: i32, length: u32): i32 {
  return <i32>min<u32>(<u32>(end - block) << 2, length - (<u32>block << 2));
}

export function fillBits(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32,
  out: usize, length: u32,
  start: i32, end: i32,
): void {
  writeWords(k0, k1, step, epoch, stream, start, element(out, start << 2), elementsOf(start, end, length));
}

// @ts-ignore: decorator
@inline
function uniform(words: v128, low: v128, span: v128): v128 {
  const unit = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(words, 8)), f32x4.splat(5.9604644775390625e-8));
  return f32x4.add(f32x4.mul(unit, span), low);
}

export function fillUniform(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32,
  out: usize, length: u32, low: f32, span: f32,
  start: i32, end: i32,
): void {
  const lows = f32x4.splat(low);
  const spans = f32x4.splat(span);
  for (let block = start; block < end; block += CHUNK) {
    const at = element(out, block << 2);
    const count = elementsOf(block, min(block + CHUNK, end), length);
    writeWords(k0, k1, step, epoch, stream, block, at, count);
    let i = 0;
    for (; i + 4 <= count; i += 4) v128.store(element(at, i), uniform(v128.load(element(at, i)), lows, spans));
    const tail = count - i;
    if (tail > 0) storeTail(element(at, i), uniform(loadTail(element(at, i), tail), lows, spans), tail);
  }
}

export function fillIntegers(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32,
  out: usize, length: u32, bound: u32,
  start: i32, end: i32,
): void {
  for (let block = start; block < end; block += CHUNK) {
    const at = element(out, block << 2);
    const count = elementsOf(block, min(block + CHUNK, end), length);
    writeWords(k0, k1, step, epoch, stream, block, at, count);
    boundWords(k0, k1, step, epoch, stream, <u32>block << 2, at, count, bound);
  }
}

/** Box-Muller: words 2i, 2i + 1 → radius √(−2 ln u), angle 2πv, u in (0, 1]. */
// @ts-ignore: decorator
@inline
function writeNormals(at: usize, w0: u32, w1: u32, mean: f64, deviation: f64, count: i32): void {
  const radius = Math.sqrt(-2 * Math.log((<f64>w0 + 1) * 2.3283064365386963e-10)) * deviation;
  const angle = <f64>w1 * 1.4629180792671596e-9;
  store<f32>(at, <f32>(mean + radius * Math.cos(angle)));
  if (count > 1) store<f32>(at, <f32>(mean + radius * Math.sin(angle)), 4);
}

export function fillNormal(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32,
  out: usize, length: u32, mean: f64, deviation: f64,
  scratch: usize,
  start: i32, end: i32,
): void {
  for (let block = start; block < end; block += CHUNK) {
    const at = element(out, block << 2);
    const count = elementsOf(block, min(block + CHUNK, end), length);
    writeWords(k0, k1, step, epoch, stream, block, scratch, (count + 1) & ~1);
    for (let i = 0; i < count; i += 2) {
      const words = element(scratch, i);
      writeNormals(element(at, i), load<u32>(words), load<u32>(words, 4), mean, deviation, count - i);
    }
  }
}

/** Fisher-Yates from the last element down; draw n of the sequence decides the n-th exchange. */
export function permutation(k0: u32, k1: u32, step: u32, epoch: u32, stream: u32, out: usize, length: i32, scratch: usize): void {
  for (let i = 0; i < length; i++) store<i32>(element(out, i), i);
  for (let draw = 0; draw < length - 1; draw++) {
    const inChunk = draw & (CHUNK - 1);
    if (inChunk == 0) writeWords(k0, k1, step, epoch, stream, draw >> 2, scratch, CHUNK);
    const last = length - 1 - draw;
    const other = bounded(load<u32>(element(scratch, inChunk)), last + 1, k0, k1, step, epoch, stream, draw);
    const kept = load<i32>(element(out, last));
    store<i32>(element(out, last), load<i32>(element(out, other)));
    store<i32>(element(out, other), kept);
  }
}

/** A row's words start a block of their own; an entry is dropped where its upper 24 bits are below rate · 2²⁴. */
export function dropoutMask(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32,
  out: usize, columns: i32, dropBelow: i32, factor: f32,
  start: i32, end: i32,
): void {
  const blocks = <u32>((columns + 3) >> 2);
  const limit = i32x4.splat(dropBelow);
  const kept = f32x4.splat(factor);
  for (let r = start; r < end; r++) {
    const at = out + <usize>r * <usize>columns * 4;
    writeWords(k0, k1, step, epoch, stream, <u32>r * blocks, at, columns);
    let i = 0;
    for (; i + 4 <= columns; i += 4) {
      const words = i32x4.shr_u(v128.load(element(at, i)), 8);
      v128.store(element(at, i), v128.and(i32x4.ge_s(words, limit), kept));
    }
    const tail = columns - i;
    if (tail > 0) {
      const words = i32x4.shr_u(loadTail(element(at, i), tail), 8);
      storeTail(element(at, i), v128.and(i32x4.ge_s(words, limit), kept), tail);
    }
  }
}
