// Lanes, tails and sums. Addresses are bytes, counts are elements.

// @ts-ignore: decorator
@inline export const F32: usize = 4;

/** a · b + c: fused in the relaxed build, rounded twice in the plain one. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

/** c − a · b. */
// @ts-ignore: decorator
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_nmadd(a, b, c) : f32x4.sub(c, f32x4.mul(a, b));
}

/** The address of element `index` of 4 bytes. */
// @ts-ignore: decorator
@inline
export function element(base: usize, index: i32): usize {
  return base + (<usize>index << 2);
}

/** The address of row `index` of `dim` elements of 4 bytes. */
// @ts-ignore: decorator
@inline
export function row(base: usize, index: i32, dim: i32): usize {
  return base + <usize>index * <usize>dim * 4;
}

/** 1 to 3 floats, the other lanes 0. */
export function loadTail(at: usize, count: i32): v128 {
  let lanes = v128.load32_zero(at);
  if (count > 1) lanes = v128.load32_lane(at, lanes, 1, 4);
  if (count > 2) lanes = v128.load32_lane(at, lanes, 2, 8);
  return lanes;
}

/** For lastLanes: moves the upper `count` (1 to 3) lanes of a vector down, zeros behind them. */
// @ts-ignore: decorator
@inline
export function lastLanesOf(count: i32): v128 {
  return i8x16.add(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>(16 - 4 * count)));
}

/** What loadTail gives for the end of four floats or more, without its branches; `end` is the address behind the last one. */
// @ts-ignore: decorator
@inline
export function lastLanes(end: usize, which: v128): v128 {
  return i8x16.swizzle(v128.load(end - 16), which);
}

/** Stores the first 1 to 3 lanes. */
export function storeTail(at: usize, lanes: v128, count: i32): void {
  v128.store32_lane(at, lanes, 0);
  if (count > 1) v128.store32_lane(at, lanes, 1, 4);
  if (count > 2) v128.store32_lane(at, lanes, 2, 8);
}

/** Four floats, or what is left of them. */
// @ts-ignore: decorator
@inline
export function load4(at: usize, left: i32): v128 {
  return left >= 4 ? v128.load(at) : loadTail(at, left);
}

// @ts-ignore: decorator
@inline
export function store4(at: usize, lanes: v128, left: i32): void {
  if (left >= 4) v128.store(at, lanes);
  else storeTail(at, lanes, left);
}

/** (x0 + x2) + (x1 + x3): the order in which sumLanes4 adds, too. */
// @ts-ignore: decorator
@inline
export function sumLanes(x: v128): f32 {
  const halves = f32x4.add(x, v128.shuffle<i32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
}

/**
 * Sums of four vectors, one a lane:
 *   a0 a1 a2 a3        a0+a2 b0+b2 a1+a3 b1+b3
 *   b0 b1 b2 b3   →                               →  Σa Σb Σc Σd
 *   c ...  d ...       c0+c2 d0+d2 c1+c3 d1+d3
 */
// @ts-ignore: decorator
@inline
export function sumLanes4(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
}

/** Adds four floats to two float64 sums: lanes 0, 2 to one and 1, 3 to the other. */
// @ts-ignore: decorator
@inline
export function addPromoted(sums: v128, x: v128): v128 {
  const high = v128.shuffle<i32>(x, x, 2, 3, 0, 1);
  return f64x2.add(f64x2.add(sums, f64x2.promote_low_f32x4(x)), f64x2.promote_low_f32x4(high));
}

// @ts-ignore: decorator
@inline
export function sumPair(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** ⟨x, y⟩ of `dim` floats. */
export function dot(x: usize, y: usize, dim: i32): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  let d = 0;
  for (; d + 8 <= dim; d += 8) {
    even = madd(v128.load(element(x, d)), v128.load(element(y, d)), even);
    odd = madd(v128.load(element(x, d), 16), v128.load(element(y, d), 16), odd);
  }
  if (d + 4 <= dim) {
    even = madd(v128.load(element(x, d)), v128.load(element(y, d)), even);
    d += 4;
  }
  const tail = dim - d;
  if (tail > 0) odd = madd(loadTail(element(x, d), tail), loadTail(element(y, d), tail), odd);
  return sumLanes(f32x4.add(even, odd));
}
