// exp, log and their kin on four floats. Polynomials as in Cephes' single precision (Moshier, 1989). exp and log are
// within 1 ulp, what is made of them within 3: src/elementwise.ts says which.

import { madd, nmadd } from "./simd";

// @ts-ignore: decorator
@inline
export function abs4(x: v128): v128 {
  return f32x4.abs(x);
}

// @ts-ignore: decorator
@inline
export function select4(mask: v128, yes: v128, no: v128): v128 {
  return v128.bitselect(yes, no, mask);
}

/** 1.5 · 2²³: adding it rounds to whole numbers, which stand in the lowest bits. */
// @ts-ignore: decorator
@inline
function magic(): v128 {
  return f32x4.splat(12582912);
}

/** x log₂e as a whole number: `whole` as a float, `bits` with it in the lowest bits. */
// @ts-ignore: decorator
@inline
function exponentBits(x: v128): v128 {
  return madd(x, f32x4.splat(1.44269504088896341), magic());
}

/** x − n ln 2, in two steps; ln 2's upper part has 12 bits, so that n times it is exact. */
// @ts-ignore: decorator
@inline
function reduce(x: v128, whole: v128): v128 {
  return nmadd(whole, f32x4.splat(-2.12194440e-4), nmadd(whole, f32x4.splat(0.693359375), x));
}

/** (eʳ − 1 − r) / r² for |r| ≤ ln 2 / 2. */
// @ts-ignore: decorator
@inline
function expTail(r: v128): v128 {
  let p = madd(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  return madd(p, r, f32x4.splat(5.0000001201e-1));
}

/** 2ⁿ for −126 ≤ n ≤ 127, by its bits. */
// @ts-ignore: decorator
@inline
function power(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** eˣ. 2ⁿ is applied in two halves, so that results overflow and become denormal as they should. NaN stays. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-104)), f32x4.splat(89));
  const bits = exponentBits(bounded);
  const r = reduce(bounded, f32x4.sub(bits, magic()));
  const n = i32x4.sub(bits, magic());
  const half = i32x4.shr_s(n, 1);
  const value = f32x4.add(madd(expTail(r), f32x4.mul(r, r), r), f32x4.splat(1));
  return f32x4.mul(f32x4.mul(value, power(half)), power(i32x4.sub(n, half)));
}

/** eˣ for x ≤ 0 (or NaN) with results below 2⁻¹²⁶ as 0: for softmax, where those add nothing. */
// @ts-ignore: decorator
@inline
export function expNegative4(x: v128): v128 {
  const bounded = f32x4.pmax(x, f32x4.splat(-87.33));
  const bits = exponentBits(bounded);
  const r = reduce(bounded, f32x4.sub(bits, magic()));
  const value = f32x4.add(madd(expTail(r), f32x4.mul(r, r), r), f32x4.splat(1));
  const scaled = f32x4.mul(value, power(i32x4.sub(bits, magic())));
  return v128.andnot(scaled, f32x4.lt(x, f32x4.splat(-87.33)));
}

/** eˣ − 1, without cancellation. */
// @ts-ignore: decorator
@inline
export function expm14(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-25)), f32x4.splat(30));
  const bits = exponentBits(bounded);
  const r = reduce(bounded, f32x4.sub(bits, magic()));
  const scale = power(i32x4.sub(bits, magic()));
  const small = madd(expTail(r), f32x4.mul(r, r), r); // eʳ − 1
  const value = madd(scale, small, f32x4.sub(scale, f32x4.splat(1)));
  return select4(f32x4.gt(x, f32x4.splat(25)), exp4(x), value);
}

/** ln(m) for the mantissa, e ln 2 for the exponent; x is normal and positive. */
// @ts-ignore: decorator
@inline
function logNormal(x: v128, exponentShift: v128): v128 {
  const exponent = i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126));
  const mantissa = v128.or(v128.and(x, i32x4.splat(0x007fffff)), f32x4.splat(0.5)); // [0.5, 1)
  const low = f32x4.lt(mantissa, f32x4.splat(0.707106781186547524));
  const e = f32x4.add(f32x4.convert_i32x4_s(i32x4.add(exponent, low)), exponentShift);
  const t = f32x4.sub(f32x4.add(mantissa, v128.and(mantissa, low)), f32x4.splat(1));
  const z = f32x4.mul(t, t);
  let p = madd(f32x4.splat(7.0376836292e-2), t, f32x4.splat(-1.1514610310e-1));
  p = madd(p, t, f32x4.splat(1.1676998740e-1));
  p = madd(p, t, f32x4.splat(-1.2420140846e-1));
  p = madd(p, t, f32x4.splat(1.4249322787e-1));
  p = madd(p, t, f32x4.splat(-1.6668057665e-1));
  p = madd(p, t, f32x4.splat(2.0000714765e-1));
  p = madd(p, t, f32x4.splat(-2.4999993993e-1));
  p = madd(p, t, f32x4.splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, t), z);
  y = madd(e, f32x4.splat(-2.12194440e-4), y);
  y = nmadd(f32x4.splat(0.5), z, y);
  return madd(e, f32x4.splat(0.693359375), f32x4.add(t, y));
}

/** ln x; −∞ at 0, NaN below, denormals scaled up first. */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const scaled = select4(tiny, f32x4.mul(x, f32x4.splat(8388608)), x);
  let y = logNormal(scaled, v128.and(tiny, f32x4.splat(-23)));
  y = select4(f32x4.eq(x, f32x4.splat(0)), f32x4.splat(-Infinity), y);
  y = select4(f32x4.eq(x, f32x4.splat(Infinity)), x, y);
  return select4(f32x4.ge(x, f32x4.splat(0)), y, f32x4.splat(NaN));
}

/** ln(1 + x): the rounding of 1 + x is made up for (Higham 2002, §1.14.1). */
// @ts-ignore: decorator
@inline
export function log1p4(x: v128): v128 {
  const u = f32x4.add(x, f32x4.splat(1));
  const lost = f32x4.sub(x, f32x4.sub(u, f32x4.splat(1)));
  const y = log4(u);
  const made = f32x4.add(y, f32x4.div(lost, u));
  return select4(f32x4.eq(abs4(y), f32x4.splat(Infinity)), y, made);
}

/** 1 / (1 + e⁻ˣ), from e⁻|ˣ|. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const e = exp4(f32x4.neg(abs4(x)));
  const above = select4(f32x4.lt(x, f32x4.splat(0)), e, f32x4.splat(1));
  return f32x4.div(above, f32x4.add(e, f32x4.splat(1)));
}

/** ln(1 + e⁻|ˣ|). */
// @ts-ignore: decorator
@inline
function softTail(x: v128): v128 {
  return log1p4(exp4(f32x4.neg(abs4(x))));
}

/** ln(1 + eˣ) = max(x, 0) + ln(1 + e⁻|ˣ|). */
// @ts-ignore: decorator
@inline
export function softplus4(x: v128): v128 {
  return f32x4.add(f32x4.pmax(f32x4.splat(0), x), softTail(x));
}

/** −ln(1 + e⁻ˣ) = min(x, 0) − ln(1 + e⁻|ˣ|). */
// @ts-ignore: decorator
@inline
export function logSigmoid4(x: v128): v128 {
  return f32x4.sub(f32x4.pmin(f32x4.splat(0), x), softTail(x));
}

/** tanh|x| = −t / (2 + t), t = e^(−2|x|) − 1, with x's sign. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const t = expm14(f32x4.mul(abs4(x), f32x4.splat(-2)));
  const y = f32x4.div(f32x4.neg(t), f32x4.add(t, f32x4.splat(2)));
  return select4(i32x4.splat(0x80000000), x, y);
}
