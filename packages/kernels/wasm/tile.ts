// The product of a panel of six rows and a panel of eight columns, twelve sums in registers.
//
//   columns  panel [depth][8]      rows  panel [depth][6], one after the other, zeros beyond the last
//
// Each sum runs over the depth in order, so its bits do not depend on where its row or column stands.

import { transpose } from "./fill";
import { element, madd, row } from "./simd";

// @ts-ignore: decorator
@inline export const ROWS = 6;
// @ts-ignore: decorator
@inline export const COLUMNS = 8;

/** Packs six rows of a; element (r, d) lies at a + r · rowStep + d · depthStep bytes. Zeros stand beyond `count` rows. */
export function packRows(
  a: usize, rowStep: usize, depthStep: usize, count: i32, depth: i32, packed: usize,
): void {
  for (let r = 0; r < ROWS; r++) {
    let to = element(packed, r);
    let from = a + <usize>r * rowStep;
    for (let d = 0; d < depth; d++, to += ROWS * 4, from += depthStep) {
      store<f32>(to, r < count ? load<f32>(from) : 0);
    }
  }
}

/** Packs columns 8p ... 8p + 7 of b [depth, n], or of bᵀ [n, depth]; rows [start, end) are panels. */
export function packColumns(b: usize, depth: i32, n: i32, transposed: bool, packed: usize, start: i32, end: i32): void {
  for (let p = start; p < end; p++) {
    const first = p * COLUMNS;
    const count = min(COLUMNS, n - first);
    const to = row(packed, p, COLUMNS * depth);
    if (transposed && count == COLUMNS) transpose(row(b, first, depth), to, COLUMNS, depth, 0, depth);
    else if (transposed) packTransposed(row(b, first, depth), depth, count, to);
    else packStraight(element(b, first), n, depth, count, to);
  }
}

// @ts-ignore: decorator
@inline
function packTransposed(from: usize, depth: i32, count: i32, to: usize): void {
  for (let c = 0; c < COLUMNS; c++) {
    let at = element(to, c);
    for (let d = 0; d < depth; d++, at += COLUMNS * 4) {
      store<f32>(at, c < count ? load<f32>(element(row(from, c, depth), d)) : 0);
    }
  }
}

// @ts-ignore: decorator
@inline
function packStraight(from: usize, n: i32, depth: i32, count: i32, to: usize): void {
  for (let d = 0; d < depth; d++, from += <usize>n << 2, to += COLUMNS * 4) {
    if (count == COLUMNS) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    } else {
      for (let c = 0; c < COLUMNS; c++) store<f32>(element(to, c), c < count ? load<f32>(element(from, c)) : 0);
    }
  }
}

/**
 * out [6][8] = rows · columns; element (r, d) of the rows lies at rows + r · rowStep + d · depthStep bytes. Beyond `count` rows
 * the last one is taken again.
 */
// @ts-ignore: decorator
@inline
export function multiplyTile(
  rows: usize, rowStep: usize, depthStep: usize, count: i32, columns: usize, depth: i32, out: usize,
): void {
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0), b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0);
  let d0 = f32x4.splat(0), d1 = f32x4.splat(0);
  let e0 = f32x4.splat(0), e1 = f32x4.splat(0);
  let f0 = f32x4.splat(0), f1 = f32x4.splat(0);
  let a = rows;
  let b = count > 1 ? a + rowStep : a;
  let c = count > 2 ? b + rowStep : b;
  let d = count > 3 ? c + rowStep : c;
  let e = count > 4 ? d + rowStep : d;
  let f = count > 5 ? e + rowStep : e;
  const end = columns + (<usize>depth << 5);
  for (; columns < end; columns += 32) {
    const x = v128.load(columns);
    const y = v128.load(columns, 16);
    let r = v128.load32_splat(a);
    a0 = madd(r, x, a0);
    a1 = madd(r, y, a1);
    r = v128.load32_splat(b);
    b0 = madd(r, x, b0);
    b1 = madd(r, y, b1);
    r = v128.load32_splat(c);
    c0 = madd(r, x, c0);
    c1 = madd(r, y, c1);
    r = v128.load32_splat(d);
    d0 = madd(r, x, d0);
    d1 = madd(r, y, d1);
    r = v128.load32_splat(e);
    e0 = madd(r, x, e0);
    e1 = madd(r, y, e1);
    r = v128.load32_splat(f);
    f0 = madd(r, x, f0);
    f1 = madd(r, y, f1);
    a += depthStep;
    b += depthStep;
    c += depthStep;
    d += depthStep;
    e += depthStep;
    f += depthStep;
  }
  v128.store(out, a0); v128.store(out, a1, 16);
  v128.store(out, b0, 32); v128.store(out, b1, 48);
  v128.store(out, c0, 64); v128.store(out, c1, 80);
  v128.store(out, d0, 96); v128.store(out, d1, 112);
  v128.store(out, e0, 128); v128.store(out, e1, 144);
  v128.store(out, f0, 160); v128.store(out, f1, 176);
}
