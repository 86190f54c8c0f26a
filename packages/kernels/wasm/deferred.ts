// Idle moves of Adam: what the dense optimizer would have done to a row in steps without gradient, in one go.
//
// A row brought up to date at step t₀ has moments m, v there. At step s = t₀ + j the dense optimizer, given no gradient, moves it by
//
//     −η · (β₁ʲ m / b₁(s)) / (√(β₂ʲ v / b₂(s)) + ε),     bᵢ(s) = 1 − βᵢˢ
//
// With x = ε / √v̂ small, 1 / (√v̂ + ε) = (1 − x + x² − …) / √v̂, and the sum over s splits into what depends on the row (m, v) and
// three sums that depend on t₀ and the present step alone, kept by the caller:
//
//     Σ = (m / √v) A(t₀) − ε (m / v) B(t₀) + ε² (m / v√v) C(t₀)
//
// Where x is not small, the steps are walked one by one until β₁ʲ leaves nothing.

import { element, row } from "./simd";

/** x beyond which the series is not used: its next term is x³. */
const SMALL: f32 = 1 / 32;

// @ts-ignore: decorator
@inline
function flushed(x: f32): f32 {
  return abs(x) < 1e-30 ? 0 : x;
}

/** Σ over the steps after `from`, at most `steps` of them, by walking. roots[s] = 1 / √b₂(s), rates[s] = 1 / b₁(s). */
function walk(m: f32, v: f32, from: i32, steps: i32, rates: usize, roots: usize, beta1: f32, beta2: f32, epsilon: f32): f32 {
  let sum: f64 = 0;
  let first: f64 = m;
  let second: f64 = v;
  for (let s = from + 1; s <= from + steps; s++) {
    first *= beta1;
    second *= beta2;
    const root = sqrt(second) * <f64>load<f32>(element(roots, s));
    sum += first * <f64>load<f32>(element(rates, s)) / (root + <f64>epsilon);
  }
  return <f32>sum;
}

/**
 * Brings the rows list[start .. end) (absent: those rows themselves) up to date with step `step`. clocks[r] is the step that row r
 * is up to date with, 0 where it was never touched: then it has no moments and stays. Without `keep`, moments and clocks stay as they
 * are: `parameter` is a copy of the table.
 */
export function adamIdle(
  parameter: usize, dim: i32, list: usize, m: usize, v: usize, clocks: usize, step: i32, rate: f32,
  beta1: f32, beta2: f32, epsilon: f32, first: usize, second: usize, third: usize, rates: usize, roots: usize, horizon: i32,
  keep: bool,
  start: i32, end: i32,
): void {
  for (let i = start; i < end; i++) {
    const r = list != 0 ? load<i32>(element(list, i)) : i;
    const clock = load<i32>(element(clocks, r));
    if (clock == 0 || clock >= step) continue;
    if (keep) store<i32>(element(clocks, r), step);
    const idle = step - clock;
    const a = f32x4.splat(load<f32>(element(first, clock)));
    const b = f32x4.splat(load<f32>(element(second, clock)) * epsilon);
    const c = f32x4.splat(load<f32>(element(third, clock)) * epsilon * epsilon);
    const fade1 = <f32>NativeMath.pow(beta1, idle);
    const fade2 = <f32>NativeMath.pow(beta2, idle);
    const steps = min(idle, horizon);
    // √v̂ falls while the row is idle: the least v now with which x is small at the last step too.
    const edge = epsilon / (SMALL * load<f32>(element(roots, clock + steps)));
    const least = edge * edge / <f32>NativeMath.pow(beta2, steps);
    moveRow(row(parameter, r, dim), row(m, r, dim), row(v, r, dim), dim, a, b, c, fade1, fade2, rate, least,
      clock, steps, rates, roots, beta1, beta2, epsilon, keep);
  }
}

function moveRow(
  at: usize, first: usize, second: usize, dim: i32, a: v128, b: v128, c: v128, fade1: f32, fade2: f32, rate: f32, least: f32,
  clock: i32, steps: i32, rates: usize, roots: usize, beta1: f32, beta2: f32, epsilon: f32, keep: bool,
): void {
  const floor = f32x4.splat(least);
  const tiny = f32x4.splat(1e-30);
  let d = 0;
  for (; d + 4 <= dim; d += 4) {
    const m4 = v128.load(element(first, d));
    const v4 = v128.load(element(second, d));
    if (!v128.any_true(m4)) {
      if (keep) v128.store(element(second, d), faded(v4, fade2, tiny));
      continue;
    }
    if (!i32x4.all_true(f32x4.ge(v4, floor))) break;
    const inverse = f32x4.div(f32x4.splat(1), f32x4.sqrt(v4));
    const series = f32x4.add(a, f32x4.mul(inverse, f32x4.sub(f32x4.mul(c, inverse), b)));
    const sum = f32x4.mul(f32x4.mul(m4, inverse), series);
    const p = v128.load(element(at, d));
    v128.store(element(at, d), f32x4.sub(p, f32x4.mul(f32x4.splat(rate), sum)));
    if (!keep) continue;
    v128.store(element(first, d), faded(m4, fade1, tiny));
    v128.store(element(second, d), faded(v4, fade2, tiny));
  }
  for (; d < dim; d++) {
    const m1 = load<f32>(element(first, d));
    const v1 = load<f32>(element(second, d));
    if (m1 != 0) {
      const sum = v1 >= least ? alone(m1, v1, a, b, c) : walk(m1, v1, clock, steps, rates, roots, beta1, beta2, epsilon);
      store<f32>(element(at, d), load<f32>(element(at, d)) - rate * sum);
      if (keep) store<f32>(element(first, d), flushed(m1 * fade1));
    }
    if (keep) store<f32>(element(second, d), flushed(v1 * fade2));
  }
}

// @ts-ignore: decorator
@inline
function faded(x: v128, fade: f32, tiny: v128): v128 {
  const y = f32x4.mul(x, f32x4.splat(fade));
  return v128.andnot(y, f32x4.lt(f32x4.abs(y), tiny));
}

// @ts-ignore: decorator
@inline
function alone(m: f32, v: f32, a: v128, b: v128, c: v128): f32 {
  const inverse: f32 = 1 / sqrt(v);
  const inner = f32x4.extract_lane(c, 0) * inverse - f32x4.extract_lane(b, 0);
  return m * inverse * (f32x4.extract_lane(a, 0) + inverse * inner);
}
