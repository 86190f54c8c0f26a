// One number a row of `columns` floats. Sums are float64, rounded once.

import { logSumExpOf, maxOf } from "./logsumexp";
import { addPromoted, element, loadTail, row, sumPair } from "./simd";

// @ts-ignore: decorator
@inline
function sumOf(x: usize, columns: i32): f64 {
  let sums = f64x2.splat(0);
  let more = f64x2.splat(0);
  let c = 0;
  for (; c + 8 <= columns; c += 8) {
    sums = addPromoted(sums, v128.load(element(x, c)));
    more = addPromoted(more, v128.load(element(x, c), 16));
  }
  if (c + 4 <= columns) {
    sums = addPromoted(sums, v128.load(element(x, c)));
    c += 4;
  }
  if (c < columns) more = addPromoted(more, loadTail(element(x, c), columns - c));
  return sumPair(f64x2.add(sums, more));
}

// @ts-ignore: decorator
@inline
function minOf(x: usize, columns: i32): f32 {
  let least = f32x4.splat(Infinity);
  let c = 0;
  for (; c + 4 <= columns; c += 4) least = f32x4.min(least, v128.load(element(x, c)));
  let result: f32 = min(
    min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)),
    min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)),
  );
  for (; c < columns; c++) result = min(result, load<f32>(element(x, c)));
  return result;
}

export function rowSum(x: usize, out: usize, columns: i32, start: i32, end: i32): void {
  for (let r = start; r < end; r++) store<f32>(element(out, r), <f32>sumOf(row(x, r, columns), columns));
}

export function rowMean(x: usize, out: usize, columns: i32, start: i32, end: i32): void {
  for (let r = start; r < end; r++) store<f32>(element(out, r), <f32>(sumOf(row(x, r, columns), columns) / columns));
}

export function rowMax(x: usize, out: usize, columns: i32, start: i32, end: i32): void {
  for (let r = start; r < end; r++) store<f32>(element(out, r), maxOf(row(x, r, columns), columns));
}

export function rowMin(x: usize, out: usize, columns: i32, start: i32, end: i32): void {
  for (let r = start; r < end; r++) store<f32>(element(out, r), minOf(row(x, r, columns), columns));
}

export function rowLogSumExp(x: usize, out: usize, columns: i32, factor: f32, start: i32, end: i32): void {
  for (let r = start; r < end; r++) store<f32>(element(out, r), <f32>logSumExpOf(row(x, r, columns), columns, factor));
}

export function rowLogMeanExp(x: usize, out: usize, columns: i32, factor: f32, start: i32, end: i32): void {
  const shift = Math.log(columns);
  for (let r = start; r < end; r++) {
    store<f32>(element(out, r), <f32>(logSumExpOf(row(x, r, columns), columns, factor) - shift));
  }
}

/** out[c] = Σ_r x[r, c]; rows [start, end) are columns of x, eight at a time. */
export function columnSum(x: usize, out: usize, rows: i32, columns: i32, start: i32, end: i32): void {
  let c = start;
  for (; c + 8 <= end; c += 8) columnSum8(element(x, c), element(out, c), rows, columns);
  for (; c < end; c++) {
    let sum: f64 = 0;
    for (let r = 0; r < rows; r++) sum += load<f32>(element(row(x, r, columns), c));
    store<f32>(element(out, c), <f32>sum);
  }
}

// @ts-ignore: decorator
@inline
function columnSum8(x: usize, out: usize, rows: i32, columns: i32): void {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  for (let r = 0; r < rows; r++) {
    const low = v128.load(row(x, r, columns));
    const high = v128.load(row(x, r, columns), 16);
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(low));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<i32>(low, low, 2, 3, 0, 1)));
    s2 = f64x2.add(s2, f64x2.promote_low_f32x4(high));
    s3 = f64x2.add(s3, f64x2.promote_low_f32x4(v128.shuffle<i32>(high, high, 2, 3, 0, 1)));
  }
  const left = v128.shuffle<i64>(f32x4.demote_f64x2_zero(s0), f32x4.demote_f64x2_zero(s1), 0, 2);
  const right = v128.shuffle<i64>(f32x4.demote_f64x2_zero(s2), f32x4.demote_f64x2_zero(s3), 0, 2);
  v128.store(out, left);
  v128.store(out, right, 16);
}
