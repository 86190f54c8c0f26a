// The mean of a row's x, weighted by softmax(x / temperature), and its gradient. With t = (x − max x) / temperature ≤ 0 the
// mean is max x + temperature · E[t], and its slope in x is p (1 + t − E[t]), where p = eᵗ / Σ eᵗ.

import { maxOf } from "./logsumexp";
import { expNegative4 } from "./math";
import { addPromoted, element, load4, row, store4, sumPair } from "./simd";

/** There eᵗ is 0, and t · eᵗ must be: −∞ · 0 would be NaN. */
// @ts-ignore: decorator
@inline const LEAST: f32 = -104;

/** t of four floats, or of what is left of them. */
// @ts-ignore: decorator
@inline
function shifted(x: v128, most: v128, temperature: v128): v128 {
  return f32x4.max(f32x4.div(f32x4.sub(x, most), temperature), f32x4.splat(LEAST));
}

/** 1 to 3 floats, the other lanes −∞, which weigh nothing. */
// @ts-ignore: decorator
@inline
function loadLast(at: usize, count: i32): v128 {
  let lanes = v128.load32_lane(at, f32x4.splat(-Infinity), 0);
  if (count > 1) lanes = v128.load32_lane(at, lanes, 1, 4);
  if (count > 2) lanes = v128.load32_lane(at, lanes, 2, 8);
  return lanes;
}

/** Σ eᵗ and Σ t eᵗ of a row. */
// @ts-ignore: decorator
@inline
function sumsOf(x: usize, columns: i32, most: v128, temperature: v128): v128 {
  let totals = f64x2.splat(0);
  let moments = f64x2.splat(0);
  for (let c = 0; c < columns; c += 4) {
    const values = columns - c >= 4 ? v128.load(element(x, c)) : loadLast(element(x, c), columns - c);
    const t = shifted(values, most, temperature);
    const e = expNegative4(t);
    totals = addPromoted(totals, e);
    moments = addPromoted(moments, f32x4.mul(t, e));
  }
  return f64x2.replace_lane(f64x2.splat(sumPair(totals)), 1, sumPair(moments));
}

export function softmaxMean(x: usize, out: usize, columns: i32, temperature: f32, start: i32, end: i32): void {
  const scale = f32x4.splat(temperature);
  for (let r = start; r < end; r++) {
    const from = row(x, r, columns);
    const most = maxOf(from, columns);
    const sums = sumsOf(from, columns, f32x4.splat(most), scale);
    const mean = f64x2.extract_lane(sums, 1) / f64x2.extract_lane(sums, 0);
    store<f32>(element(out, r), <f32>(<f64>most + <f64>temperature * mean));
  }
}

export function softmaxMeanGradient(
  x: usize, dy: usize, out: usize, columns: i32, temperature: f32,
  start: i32, end: i32,
): void {
  const scale = f32x4.splat(temperature);
  for (let r = start; r < end; r++) {
    const from = row(x, r, columns);
    const to = row(out, r, columns);
    const most = f32x4.splat(maxOf(from, columns));
    const sums = sumsOf(from, columns, most, scale);
    const total = f64x2.extract_lane(sums, 0);
    const rest = f32x4.splat(<f32>(1 - f64x2.extract_lane(sums, 1) / total));
    const factor = f32x4.splat(<f32>(<f64>load<f32>(element(dy, r)) / total));
    for (let c = 0; c < columns; c += 4) {
      const t = shifted(load4(element(from, c), columns - c), most, scale);
      const weight = f32x4.mul(expNegative4(t), factor);
      store4(element(to, c), f32x4.mul(weight, f32x4.add(t, rest)), columns - c);
    }
  }
}
