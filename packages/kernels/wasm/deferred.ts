// Idle moves: what an optimizer that visits every row at every step would have done to a row in steps without gradient, in one go.
//
// SGD with weight decay multiplies such a row by 1 − ηλ a step (decayIdle). Adam moves it by its moments (adamIdle):
//
// A row brought up to date at step t₀ has moments m, v there. At step t₀ + j the dense optimizer, given no gradient, moves it by
//
//     −η · aⱼ m / (qⱼ √v + ε),     aⱼ = β₁ʲ / (1 − β₁^(t₀+j)),     qⱼ = β₂^(j/2) / √(1 − β₂^(t₀+j))
//
// For one t₀ the sum over j is a smooth function of √v. With a centre c among the q and u = c√v / (c√v + ε), which lies in [0, 1],
//
//     Σ aⱼ / (qⱼ √v + ε) = G(u) / (c√v + ε),     G(u) = Σ aⱼ / (1 + u (qⱼ/c − 1))
//
// and G is kept as a polynomial of degree 7, by t₀ (src/idle-sums.ts). So a row costs the same however long it was idle.

import { AHEAD, fetchRow } from "./fetch";
import { element, load4, madd, nmadd, row, store4 } from "./simd";

// @ts-ignore: decorator
@inline
function powerOf(table: usize, length: i32, base: f32, exponent: i32): f32 {
  return exponent < length ? load<f32>(element(table, exponent)) : <f32>NativeMath.pow(base, exponent);
}

/** Asks for parameters and moments of some rows. */
// @ts-ignore: decorator
@inline
function fetch(parameter: usize, m: usize, v: usize, dim: i32, list: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) {
    const r = list != 0 ? load<i32>(element(list, i)) : i;
    fetchRow(parameter, r, dim);
    fetchRow(m, r, dim);
    fetchRow(v, r, dim);
  }
}

/**
 * Brings the rows list[start .. end) (absent: those rows themselves) up to date with step `step`. clocks[r] is the step that row r
 * is up to date with, 0 where it was never touched: then it has no moments and stays. Without `keep`, moments and clocks stay as they
 * are: `parameter` is a copy of the table.
 */
export function adamIdle(
  parameter: usize, dim: i32, list: usize, m: usize, v: usize, clocks: usize, step: i32, rate: f32, epsilon: f32,
  polynomials: usize, centres: usize, beta1: f32, rootBeta2: f32, fades: usize, rootFades: usize, fadeCount: i32, keep: bool,
  start: i32, end: i32,
): void {
  for (let i = start; i < end; i++) {
    if (((i - start) & (AHEAD - 1)) == 0) fetch(parameter, m, v, dim, list, i, min(i + AHEAD, end));
    const r = list != 0 ? load<i32>(element(list, i)) : i;
    const clock = load<i32>(element(clocks, r));
    if (clock == 0 || clock >= step) continue;
    const idle = step - clock;
    const at = row(parameter, r, dim);
    const first = row(m, r, dim);
    const second = row(v, r, dim);
    move(at, first, second, dim, element(polynomials, TERMS * clock), load<f32>(element(centres, clock)), rate, epsilon);
    if (!keep) continue;
    store<i32>(element(clocks, r), step);
    const root = powerOf(rootFades, fadeCount, rootBeta2, idle);
    fade(first, dim, powerOf(fades, fadeCount, beta1, idle));
    fade(second, dim, root * root);
  }
}

/**
 * Multiplies the rows list[start .. end) (absent: those rows themselves) by `factor` once for each step after clocks[r], the step
 * that row r is up to date with, up to `step`. Without `keep` clocks stay as they are: `parameter` is a copy of the table.
 */
export function decayIdle(
  parameter: usize, dim: i32, list: usize, clocks: usize, step: i32, factor: f64, keep: bool,
  start: i32, end: i32,
): void {
  for (let i = start; i < end; i++) {
    const r = list != 0 ? load<i32>(element(list, i)) : i;
    const clock = load<i32>(element(clocks, r));
    if (clock >= step) continue;
    const at = row(parameter, r, dim);
    const factors = f32x4.splat(<f32>NativeMath.pow(factor, step - clock));
    for (let d = 0; d < dim; d += 4) store4(element(at, d), f32x4.mul(load4(element(at, d), dim - d), factors), dim - d);
    if (keep) store<i32>(element(clocks, r), step);
  }
}

/** Coefficients of a polynomial. */
// @ts-ignore: decorator
@inline const TERMS = 8;

// @ts-ignore: decorator
@inline
function move(
  at: usize, first: usize, second: usize, dim: i32, polynomial: usize, centre: f32, rate: f32, epsilon: f32,
): void {
  const c0 = v128.load32_splat(polynomial), c1 = v128.load32_splat(polynomial, 4);
  const c2 = v128.load32_splat(polynomial, 8), c3 = v128.load32_splat(polynomial, 12);
  const c4 = v128.load32_splat(polynomial, 16), c5 = v128.load32_splat(polynomial, 20);
  const c6 = v128.load32_splat(polynomial, 24), c7 = v128.load32_splat(polynomial, 28);
  const centres = f32x4.splat(centre);
  const epsilons = f32x4.splat(epsilon);
  const rates = f32x4.splat(rate);
  for (let d = 0; d < dim; d += 4) {
    const left = dim - d;
    const m4 = load4(element(first, d), left);
    const root = f32x4.mul(f32x4.sqrt(load4(element(second, d), left)), centres);
    const inverse = f32x4.div(f32x4.splat(1), f32x4.add(root, epsilons));
    const u = f32x4.mul(root, inverse);
    const high = madd(u, madd(u, madd(u, c7, c6), c5), c4);
    const sum = madd(u, madd(u, madd(u, madd(u, high, c3), c2), c1), c0);
    // Where there is no momentum nothing moves, even if ε and v are 0 too.
    const some = v128.andnot(f32x4.mul(f32x4.mul(m4, inverse), sum), f32x4.eq(m4, f32x4.splat(0)));
    store4(element(at, d), nmadd(rates, some, load4(element(at, d), left)), left);
  }
}

/** x ← factor · x, with magnitudes below 1e-30 as 0. */
// @ts-ignore: decorator
@inline
function fade(at: usize, dim: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  for (let d = 0; d < dim; d += 4) {
    const x = f32x4.mul(load4(element(at, d), dim - d), factors);
    store4(element(at, d), v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(1e-30))), dim - d);
  }
}
