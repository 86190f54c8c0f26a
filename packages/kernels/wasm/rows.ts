// Kernels over rows of `dim` floats.

import { AHEAD, fetchRow } from "./fetch";
import { dot, element, loadTail, madd, nmadd, row, storeTail } from "./simd";

export function gatherRows(table: usize, dim: i32, ids: usize, out: usize, mask: usize, start: i32, end: i32): void {
  const bytes = <usize>dim << 2;
  for (let i = start; i < end; i++) {
    const from = row(table, load<i32>(element(ids, i)), dim);
    const to = row(out, i, dim);
    if (mask == 0) copyRow(to, from, bytes);
    else multiplyRow(to, from, row(mask, i, dim), dim);
  }
}

/** out[ids[i]] = source[i]. */
export function scatterRows(source: usize, dim: i32, ids: usize, out: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) {
    copyRow(row(out, load<i32>(element(ids, i)), dim), row(source, i, dim), <usize>dim << 2);
  }
}

// @ts-ignore: decorator
@inline
function copyRow(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<u32>(to + at, load<u32>(from + at));
}

// @ts-ignore: decorator
@inline
function multiplyRow(to: usize, x: usize, y: usize, dim: i32): void {
  let d = 0;
  for (; d + 4 <= dim; d += 4) {
    v128.store(element(to, d), f32x4.mul(v128.load(element(x, d)), v128.load(element(y, d))));
  }
  for (; d < dim; d++) store<f32>(element(to, d), load<f32>(element(x, d)) * load<f32>(element(y, d)));
}

// @ts-ignore: decorator
@inline
function scaleRow(at: usize, factor: f32, dim: i32): void {
  const factors = f32x4.splat(factor);
  let d = 0;
  for (; d + 4 <= dim; d += 4) v128.store(element(at, d), f32x4.mul(v128.load(element(at, d)), factors));
  for (; d < dim; d++) store<f32>(element(at, d), load<f32>(element(at, d)) * factor);
}

/** gatherRows without a mask, and normaliseRows, in one pass. */
export function gatherUnits(
  table: usize, dim: i32, ids: usize, out: usize, inverseNorms: usize,
  start: i32, end: i32,
): void {
  for (let i = start; i < end; i++) {
    if (((i - start) & (AHEAD - 1)) == 0) {
      for (let a = i; a < min(i + AHEAD, end); a++) fetchRow(table, load<i32>(element(ids, a)), dim);
    }
    const from = row(table, load<i32>(element(ids, i)), dim);
    const inverse: f32 = 1 / max<f32>(sqrt<f32>(dot(from, from, dim)), 1e-12);
    store<f32>(element(inverseNorms, i), inverse);
    const to = row(out, i, dim);
    const factors = f32x4.splat(inverse);
    let d = 0;
    for (; d + 4 <= dim; d += 4) v128.store(element(to, d), f32x4.mul(v128.load(element(from, d)), factors));
    for (; d < dim; d++) store<f32>(element(to, d), load<f32>(element(from, d)) * inverse);
  }
}

/** x / max(‖x‖, 1e-12), as PyTorch's F.normalize. */
export function normaliseRows(rows: usize, dim: i32, inverseNorms: usize, start: i32, end: i32): void {
  for (let r = start; r < end; r++) {
    const at = row(rows, r, dim);
    const inverse: f32 = 1 / max<f32>(sqrt<f32>(dot(at, at, dim)), 1e-12);
    store<f32>(element(inverseNorms, r), inverse);
    scaleRow(at, inverse, dim);
  }
}

/** g ← (g − ⟨g, x̂⟩ x̂) · inverseNorm. */
export function projectNormalised(
  gradient: usize, unit: usize, inverseNorms: usize, dim: i32,
  start: i32, end: i32,
): void {
  for (let r = start; r < end; r++) {
    const g = row(gradient, r, dim);
    const x = row(unit, r, dim);
    const along = f32x4.splat(dot(g, x, dim));
    const inverse = f32x4.splat(load<f32>(element(inverseNorms, r)));
    let d = 0;
    for (; d + 4 <= dim; d += 4) {
      v128.store(element(g, d), f32x4.mul(nmadd(along, v128.load(element(x, d)), v128.load(element(g, d))), inverse));
    }
    const tail = dim - d;
    if (tail > 0) {
      const rest = nmadd(along, loadTail(element(x, d), tail), loadTail(element(g, d), tail));
      storeTail(element(g, d), f32x4.mul(rest, inverse), tail);
    }
  }
}

/** to += factor · from. */
// @ts-ignore: decorator
@inline
function addScaled(to: usize, factor: f32, from: usize, dim: i32): void {
  const factors = f32x4.splat(factor);
  let d = 0;
  for (; d + 4 <= dim; d += 4) {
    v128.store(element(to, d), madd(factors, v128.load(element(from, d)), v128.load(element(to, d))));
  }
  const tail = dim - d;
  if (tail > 0) {
    const sum = madd(factors, loadTail(element(from, d), tail), loadTail(element(to, d), tail));
    storeTail(element(to, d), sum, tail);
  }
}

/** Rows [start, end) are destinations: others are passed over. */
export function addRows(
  source: usize, rows: usize, count: i32, dim: i32, out: usize, fresh: usize,
  start: i32, end: i32,
): void {
  const bytes = <usize>dim << 2;
  for (let i = 0; i < count; i++) {
    const r = load<i32>(element(rows, i));
    if (r < start || r >= end) continue;
    const from = row(source, i, dim);
    const to = row(out, r, dim);
    if (fresh != 0 && load<u8>(fresh + r) != 0) {
      store<u8>(fresh + r, 0);
      copyRow(to, from, bytes);
    } else addScaled(to, 1, from, dim);
  }
}

export function axpyRows(
  scale: f32, source: usize, out: usize, dim: i32, weights: usize, sourceRows: usize, outRows: usize,
  start: i32, end: i32,
): void {
  for (let i = start; i < end; i++) {
    const from = sourceRows == 0 ? i : load<i32>(element(sourceRows, i));
    const to = outRows == 0 ? i : load<i32>(element(outRows, i));
    const weight: f32 = weights == 0 ? 1 : load<f32>(element(weights, i));
    addScaled(row(out, to, dim), scale * weight, row(source, from, dim), dim);
  }
}

/** Rows [start, end) are blocks of `block` rows, each summed in float64 to partial[b]. */
export function sumOfSquares(
  table: usize, dim: i32, count: i32, ids: usize, weights: usize, partial: usize, block: i32,
  start: i32, end: i32,
): void {
  for (let b = start; b < end; b++) {
    let sum: f64 = 0;
    for (let i = b * block; i < min(b * block + block, count); i++) {
      const at = row(table, ids == 0 ? i : load<i32>(element(ids, i)), dim);
      const weight: f64 = weights == 0 ? 1 : load<f32>(element(weights, i));
      sum += weight * squares(at, dim);
    }
    store<f64>(partial + (<usize>b << 3), sum);
  }
}

// @ts-ignore: decorator
@inline
function squares(at: usize, dim: i32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let d = 0;
  for (; d + 4 <= dim; d += 4) {
    const x = v128.load(element(at, d));
    const low = f64x2.promote_low_f32x4(x);
    const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 0, 1));
    even = f64x2.add(even, f64x2.mul(low, low));
    odd = f64x2.add(odd, f64x2.mul(high, high));
  }
  const pairs = f64x2.add(even, odd);
  let sum = f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
  for (; d < dim; d++) {
    const x = <f64>load<f32>(element(at, d));
    sum += x * x;
  }
  return sum;
}
