// Updates in place, one pass over what they touch.
//
// Row i of the range is table row list[i], or i; its gradient is values[i] with a list, values[slots[i]] with slots (none
// where that is negative), else values[i].

import { AHEAD, fetchRow } from "./fetch";
import { element, load4, madd, nmadd, row, store4 } from "./simd";

// @ts-ignore: decorator
@inline
function tableRow(list: usize, i: i32): i32 {
  return list != 0 ? load<i32>(element(list, i)) : i;
}

/** The gradient row's address; 0 where there is none. */
// @ts-ignore: decorator
@inline
function gradientRow(values: usize, slots: usize, i: i32, dim: i32): usize {
  if (slots == 0) return row(values, i, dim);
  const slot = load<i32>(element(slots, i));
  return slot < 0 ? 0 : row(values, slot, dim);
}

/** scale · g + decay · p. */
// @ts-ignore: decorator
@inline
function decayed(g: usize, d: i32, left: i32, p: v128, scale: v128, decay: v128): v128 {
  const pull = f32x4.mul(p, decay);
  return g == 0 ? pull : madd(load4(element(g, d), left), scale, pull);
}

/** Magnitudes below 1e-30 become 0 (NaN stays): WebAssembly cannot flush denormals, and they crawl. */
// @ts-ignore: decorator
@inline
function flushed(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(1e-30)));
}

export function sgd(
  parameter: usize, dim: i32, values: usize, slots: usize, list: usize, rate: f32, scale: f32, decay: f32,
  start: i32, end: i32,
): void {
  const rates = f32x4.splat(rate);
  const scales = f32x4.splat(scale);
  const decays = f32x4.splat(decay);
  for (let i = start; i < end; i++) {
    const g = gradientRow(values, slots, i, dim);
    if (g == 0 && decay == 0) continue;
    const at = row(parameter, tableRow(list, i), dim);
    for (let d = 0; d < dim; d += 4) {
      const p = load4(element(at, d), dim - d);
      store4(element(at, d), nmadd(rates, decayed(g, d, dim - d, p, scales, decays), p), dim - d);
    }
  }
}

export function adagrad(
  parameter: usize, dim: i32, values: usize, slots: usize, list: usize, rate: f32, scale: f32, decay: f32,
  sum: usize, epsilon: f32,
  start: i32, end: i32,
): void {
  const rates = f32x4.splat(rate);
  const scales = f32x4.splat(scale);
  const decays = f32x4.splat(decay);
  const epsilons = f32x4.splat(epsilon);
  for (let i = start; i < end; i++) {
    const g = gradientRow(values, slots, i, dim);
    if (g == 0 && decay == 0) continue;
    const at = row(parameter, tableRow(list, i), dim);
    const sums = row(sum, tableRow(list, i), dim);
    for (let d = 0; d < dim; d += 4) {
      const left = dim - d;
      const p = load4(element(at, d), left);
      const step = decayed(g, d, left, p, scales, decays);
      const s = madd(step, step, load4(element(sums, d), left));
      store4(element(sums, d), s, left);
      store4(element(at, d), nmadd(rates, f32x4.div(step, f32x4.add(f32x4.sqrt(s), epsilons)), p), left);
    }
  }
}

/** Asks for parameters and moments of some listed rows. */
// @ts-ignore: decorator
@inline
function fetch(parameter: usize, m: usize, v: usize, dim: i32, list: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) {
    const r = load<i32>(element(list, i));
    fetchRow(parameter, r, dim);
    fetchRow(m, r, dim);
    fetchRow(v, r, dim);
  }
}

/** Kingma & Ba 2015, with ε outside the root; rate and root carry the bias corrections. */
export function adam(
  parameter: usize, dim: i32, values: usize, slots: usize, list: usize, rate: f32, scale: f32, decay: f32,
  m: usize, v: usize, beta1: f32, rest1: f32, beta2: f32, rest2: f32, epsilon: f32, root: f32,
  start: i32, end: i32,
): void {
  const rates = f32x4.splat(rate);
  const scales = f32x4.splat(scale);
  const decays = f32x4.splat(decay);
  for (let i = start; i < end; i++) {
    if (list != 0 && ((i - start) & (AHEAD - 1)) == 0) fetch(parameter, m, v, dim, list, i, min(i + AHEAD, end));
    const g = gradientRow(values, slots, i, dim);
    const r = tableRow(list, i);
    const at = row(parameter, r, dim);
    const first = row(m, r, dim);
    const second = row(v, r, dim);
    for (let d = 0; d < dim; d += 4) {
      const left = dim - d;
      const p = load4(element(at, d), left);
      const step = decayed(g, d, left, p, scales, decays);
      const m4 = flushed(madd(step, f32x4.splat(rest1), f32x4.mul(load4(element(first, d), left), f32x4.splat(beta1))));
      const square = f32x4.mul(step, step);
      const v4 = flushed(madd(square, f32x4.splat(rest2), f32x4.mul(load4(element(second, d), left), f32x4.splat(beta2))));
      store4(element(first, d), m4, left);
      store4(element(second, d), v4, left);
      const denominator = madd(f32x4.sqrt(v4), f32x4.splat(root), f32x4.splat(epsilon));
      store4(element(at, d), nmadd(rates, f32x4.div(m4, denominator), p), left);
    }
  }
}
