// Scores of pairs and both their gradients, without a [B, N, dim] array.

import { element, load4, loadTail, madd, row, store4, storeTail, sumLanes4 } from "./simd";

/** Four rows at a time against one; each sum is made in the same order wherever its pair stands. */
// @ts-ignore: decorator
@inline
function dot4(left: usize, r0: usize, r1: usize, r2: usize, r3: usize, dim: i32): v128 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let at: usize = 0;
  const end = <usize>(dim & ~3) << 2;
  for (; at < end; at += 16) {
    const x = v128.load(left + at);
    s0 = madd(x, v128.load(r0 + at), s0);
    s1 = madd(x, v128.load(r1 + at), s1);
    s2 = madd(x, v128.load(r2 + at), s2);
    s3 = madd(x, v128.load(r3 + at), s3);
  }
  const tail = dim & 3;
  if (tail > 0) {
    const x = loadTail(left + at, tail);
    s0 = madd(x, loadTail(r0 + at, tail), s0);
    s1 = madd(x, loadTail(r1 + at, tail), s1);
    s2 = madd(x, loadTail(r2 + at, tail), s2);
    s3 = madd(x, loadTail(r3 + at, tail), s3);
  }
  return sumLanes4(s0, s1, s2, s3);
}

/** out[i] = ⟨x, right[ids[i]]⟩. */
// @ts-ignore: decorator
@inline
export function dotList(x: usize, right: usize, dim: i32, ids: usize, count: i32, out: usize): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const id = element(ids, i);
    const r0 = row(right, load<i32>(id), dim);
    const r1 = row(right, load<i32>(id, 4), dim);
    const r2 = row(right, load<i32>(id, 8), dim);
    const r3 = row(right, load<i32>(id, 12), dim);
    v128.store(element(out, i), dot4(x, r0, r1, r2, r3, dim));
  }
  const tail = count - i;
  if (tail <= 0) return;
  const id = element(ids, i);
  const r0 = row(right, load<i32>(id), dim);
  const r1 = tail > 1 ? row(right, load<i32>(id, 4), dim) : r0;
  const r2 = tail > 2 ? row(right, load<i32>(id, 8), dim) : r0;
  storeTail(element(out, i), dot4(x, r0, r1, r2, r0, dim), tail);
}

export function pairDot(
  left: usize, right: usize, rightRows: usize, columns: i32, dim: i32, out: usize,
  start: i32, end: i32,
): void {
  for (let b = start; b < end; b++) {
    dotList(row(left, b, dim), right, dim, row(rightRows, b, columns), columns, row(out, b, columns));
  }
}

/** offsets[r + 1] first counts row r, then becomes the end of its group. */
export function sortPairs(rightRows: usize, pairs: i32, groups: i32, offsets: usize, order: usize): void {
  memory.fill(offsets, 0, <usize>(groups + 1) << 2);
  for (let p = 0; p < pairs; p++) {
    const at = element(offsets, load<i32>(element(rightRows, p)));
    store<i32>(at, load<i32>(at, 4) + 1, 4);
  }
  let before = 0;
  for (let r = 1; r <= groups; r++) {
    const at = element(offsets, r);
    const count = load<i32>(at);
    store<i32>(at, before);
    before += count;
  }
  for (let p = 0; p < pairs; p++) {
    const at = element(offsets, load<i32>(element(rightRows, p)));
    const place = load<i32>(at, 4);
    store<i32>(at, place + 1, 4);
    store<i32>(element(order, place), p);
  }
}

// @ts-ignore: decorator
@inline
function sourceOf(p: i32, source: usize, dim: i32, sourceRows: usize, columns: i32): usize {
  return row(source, sourceRows != 0 ? load<i32>(element(sourceRows, p)) : <i32>(<u32>p / <u32>columns), dim);
}

/** Sums of 32 columns of a group's pairs [begin, end), in eight registers. */
// @ts-ignore: decorator
@inline
function sum32(
  to: usize, weights: usize, source: usize, dim: i32, begin: i32, end: i32,
  order: usize, sourceRows: usize, columns: i32, accumulate: bool,
): void {
  let s0 = accumulate ? v128.load(to) : f32x4.splat(0);
  let s1 = accumulate ? v128.load(to, 16) : f32x4.splat(0);
  let s2 = accumulate ? v128.load(to, 32) : f32x4.splat(0);
  let s3 = accumulate ? v128.load(to, 48) : f32x4.splat(0);
  let s4 = accumulate ? v128.load(to, 64) : f32x4.splat(0);
  let s5 = accumulate ? v128.load(to, 80) : f32x4.splat(0);
  let s6 = accumulate ? v128.load(to, 96) : f32x4.splat(0);
  let s7 = accumulate ? v128.load(to, 112) : f32x4.splat(0);
  for (let i = begin; i < end; i++) {
    const p = order != 0 ? load<i32>(element(order, i)) : i;
    const w = v128.load32_splat(element(weights, p));
    const from = sourceOf(p, source, dim, sourceRows, columns);
    s0 = madd(w, v128.load(from), s0);
    s1 = madd(w, v128.load(from, 16), s1);
    s2 = madd(w, v128.load(from, 32), s2);
    s3 = madd(w, v128.load(from, 48), s3);
    s4 = madd(w, v128.load(from, 64), s4);
    s5 = madd(w, v128.load(from, 80), s5);
    s6 = madd(w, v128.load(from, 96), s6);
    s7 = madd(w, v128.load(from, 112), s7);
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
  v128.store(to, s4, 64);
  v128.store(to, s5, 80);
  v128.store(to, s6, 96);
  v128.store(to, s7, 112);
}

/** Sums of 1 to 4 columns. */
// @ts-ignore: decorator
@inline
function sumFew(
  to: usize, weights: usize, source: usize, dim: i32, begin: i32, end: i32,
  order: usize, sourceRows: usize, columns: i32, accumulate: bool, width: i32,
): void {
  let sum = accumulate ? load4(to, width) : f32x4.splat(0);
  for (let i = begin; i < end; i++) {
    const p = order != 0 ? load<i32>(element(order, i)) : i;
    const from = sourceOf(p, source, dim, sourceRows, columns);
    sum = madd(v128.load32_splat(element(weights, p)), load4(from, width), sum);
  }
  store4(to, sum, width);
}

/** to (+)= Σ weight · source row over the pairs [begin, end) of one group. */
// @ts-ignore: decorator
@inline
export function sumGroup(
  to: usize, weights: usize, source: usize, dim: i32, begin: i32, end: i32,
  order: usize, sourceRows: usize, columns: i32, accumulate: bool,
): void {
  let d = 0;
  for (; d + 32 <= dim; d += 32) {
    sum32(element(to, d), weights, element(source, d), dim, begin, end, order, sourceRows, columns, accumulate);
  }
  for (; d < dim; d += 4) {
    const width = min(4, dim - d);
    sumFew(element(to, d), weights, element(source, d), dim, begin, end, order, sourceRows, columns, accumulate, width);
  }
}

export function gatherSum(
  weights: usize, source: usize, dim: i32, offsets: usize, size: i32, order: usize, sourceRows: usize, columns: i32,
  out: usize, accumulate: bool,
  start: i32, end: i32,
): void {
  for (let r = start; r < end; r++) {
    const begin = offsets != 0 ? load<i32>(element(offsets, r)) : r * size;
    const stop = offsets != 0 ? load<i32>(element(offsets, r + 1)) : begin + size;
    sumGroup(row(out, r, dim), weights, source, dim, begin, stop, order, sourceRows, columns, accumulate);
  }
}
