// Products of tall blocks, eight sums in registers, and Gram matrices made of them.
//
//   rows  element (r, d) at rows + r · rowStep + d · depthStep      columns  eight floats at columns + d · columnStep
//
// Each sum runs over the depth in order, so its bits do not depend on where its row or column stands.

import { element, madd, row } from "./simd";

// @ts-ignore: decorator
@inline export const TILE_ROWS = 4;
// @ts-ignore: decorator
@inline export const TILE_COLUMNS = 8;
/** Bytes of a tile. */
// @ts-ignore: decorator
@inline export const TILE_BYTES: usize = 128;

/** out [4][8] = Σ_d rows(r, d) · columns(d, c). Steps in bytes. */
export function productTile(
  rows: usize, rowStep: usize, depthStep: usize, columns: usize, columnStep: usize, depth: i32, out: usize,
): void {
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0), b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0);
  let d0 = f32x4.splat(0), d1 = f32x4.splat(0);
  const second = rows + rowStep;
  const third = second + rowStep;
  const fourth = third + rowStep;
  let at: usize = 0;
  for (let d = 0; d < depth; d++, at += depthStep, columns += columnStep) {
    const x = v128.load(columns);
    const y = v128.load(columns, 16);
    let r = v128.load32_splat(rows + at);
    a0 = madd(r, x, a0);
    a1 = madd(r, y, a1);
    r = v128.load32_splat(second + at);
    b0 = madd(r, x, b0);
    b1 = madd(r, y, b1);
    r = v128.load32_splat(third + at);
    c0 = madd(r, x, c0);
    c1 = madd(r, y, c1);
    r = v128.load32_splat(fourth + at);
    d0 = madd(r, x, d0);
    d1 = madd(r, y, d1);
  }
  v128.store(out, a0); v128.store(out, a1, 16);
  v128.store(out, b0, 32); v128.store(out, b1, 48);
  v128.store(out, c0, 64); v128.store(out, c1, 80);
  v128.store(out, d0, 96); v128.store(out, d1, 112);
}

/** Upper triangle of a [n, n] += factor · xᵀx, x [depth, n]; n a multiple of 8. Below the diagonal a is left undefined. */
export function addGram(x: usize, depth: i32, n: i32, factor: f32, a: usize, tile: usize): void {
  const step = <usize>n << 2;
  const factors = f32x4.splat(factor);
  for (let i = 0; i < n; i += TILE_ROWS) {
    for (let j = i & ~(TILE_COLUMNS - 1); j < n; j += TILE_COLUMNS) {
      productTile(element(x, i), 4, step, element(x, j), step, depth, tile);
      for (let r = 0; r < TILE_ROWS; r++) {
        const to = element(row(a, i + r, n), j);
        const from = tile + (<usize>r << 5);
        v128.store(to, madd(factors, v128.load(from), v128.load(to)));
        v128.store(to, madd(factors, v128.load(from, 16), v128.load(to, 16)), 16);
      }
    }
  }
}

/**
 * Upper triangle of out [n, n] = xᵀx, x [users, n] of zeros and ones: how many users have both items. Rows are items;
 * lists of users by item and of items by user, ascending. Counts are exact up to 2²⁴.
 */
export function countTogether(
  usersOf: usize, users: usize, itemsOf: usize, items: usize, n: i32, out: usize,
  start: i32, end: i32,
): void {
  for (let i = start; i < end; i++) {
    const counts = row(out, i, n);
    memory.fill(counts, 0, <usize>n << 2);
    const last = load<i32>(element(usersOf, i + 1));
    for (let p = load<i32>(element(usersOf, i)); p < last; p++) {
      const list = element(itemsOf, load<i32>(element(users, p)));
      const first = load<i32>(list);
      for (let q = load<i32>(list, 4) - 1; q >= first; q--) {
        const j = load<i32>(element(items, q));
        if (j < i) break;
        const at = element(counts, j);
        store<f32>(at, load<f32>(at) + 1);
      }
    }
  }
}
