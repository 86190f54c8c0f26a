// The inverse of a large symmetric positive definite matrix in its own place, block by block (the sweep operator: Gauss-Jordan
// elimination on the upper triangle). For each block K of the diagonal, with D = A_KK, P = A_:K and T = P D⁻¹,
//
//     A_ij ← A_ij − T_i P_jᵀ (i, j outside K)      A_iK ← T_i      A_KK ← −D⁻¹
//
// After the last block A is −A⁻¹. As many products as a Cholesky factor and its inverse, and one kind of them.
// Blocks are `width` wide, a multiple of 8: zeros beyond `count` columns, ones on D's diagonal there.

import { factor, solve } from "./cholesky";
import { productTile, TILE_COLUMNS, TILE_ROWS } from "./gram";
import { element, row } from "./simd";

/** panel [n, width] = A_:K, zeros in the rows of K. */
export function takePanel(
  a: usize, n: i32, first: i32, count: i32, width: i32, panel: usize,
  start: i32, end: i32,
): void {
  for (let i = start; i < end; i++) {
    const to = row(panel, i, width);
    memory.fill(to, 0, <usize>width << 2);
    if (i < first) memory.copy(to, element(row(a, i, n), first), <usize>count << 2);
    else if (i >= first + count) {
      for (let k = 0; k < count; k++) store<f32>(element(to, k), load<f32>(element(row(a, first + k, n), i)));
    }
  }
}

/** inverse [width, width] = D⁻¹, whole. factors [width, width] is working memory. @returns as factor */
export function invertBlock(a: usize, n: i32, first: i32, count: i32, width: i32, inverse: usize, factors: usize): i32 {
  for (let k = 0; k < width; k++) {
    const to = row(factors, k, width);
    memory.fill(to, 0, <usize>width << 2);
    if (k < count) memory.copy(to, element(row(a, first + k, n), first), <usize>count << 2);
    else store<f32>(element(to, k), 1);
  }
  const failed = factor(factors, width);
  if (failed >= 0) return failed;
  memory.fill(inverse, 0, <usize>width * <usize>width * 4);
  for (let k = 0; k < width; k++) {
    const to = row(inverse, k, width);
    store<f32>(element(to, k), 1);
    solve(factors, width, to);
  }
  return -1;
}

/** products [n, width] = panel · inverse. */
export function multiplyPanel(
  panel: usize, inverse: usize, width: i32, products: usize,
  scratch: usize,
  start: i32, end: i32,
): void {
  const step = <usize>width << 2;
  for (let i = start; i < end; i += TILE_ROWS) {
    for (let c = 0; c < width; c += TILE_COLUMNS) {
      productTile(row(panel, i, width), step, 4, element(inverse, c), step, width, scratch);
      for (let r = 0; r < min(TILE_ROWS, end - i); r++) {
        memory.copy(element(row(products, i + r, width), c), scratch + (<usize>r << 5), 32);
      }
    }
  }
}

/** packed [panels][width][8]: columns of panelᵀ, eight at a time, zeros beyond n. Rows are panels. */
export function packPanel(panel: usize, n: i32, width: i32, packed: usize, start: i32, end: i32): void {
  for (let p = start; p < end; p++) {
    for (let c = 0; c < TILE_COLUMNS; c++) {
      const j = p * TILE_COLUMNS + c;
      let to = element(row(packed, p, TILE_COLUMNS * width), c);
      for (let k = 0; k < width; k++, to += TILE_COLUMNS * 4) {
        store<f32>(to, j < n ? load<f32>(element(row(panel, j, width), k)) : 0);
      }
    }
  }
}

/** Columns whose packed panels stay in the cache: 192 KiB of width 96. */
// @ts-ignore: decorator
@inline const CACHED = 512;

/** Rows of the upper triangle of A −= products · panelᵀ. products has four rows more than A; what lies below is left undefined. */
export function subtractPanel(
  a: usize, n: i32, products: usize, packed: usize, width: i32,
  scratch: usize,
  start: i32, end: i32,
): void {
  const step = <usize>width << 2;
  for (let from = start & ~(CACHED - 1); from < n; from += CACHED) {
    const to = min(n, from + CACHED);
    for (let i = start; i < min(to, end); i += TILE_ROWS) {
      for (let c = max(from, i & ~(TILE_COLUMNS - 1)); c < to; c += TILE_COLUMNS) {
        const columns = row(packed, c / TILE_COLUMNS, TILE_COLUMNS * width);
        productTile(row(products, i, width), step, 4, columns, 32, width, scratch);
        subtractTile(scratch, element(row(a, i, n), c), n, min(TILE_ROWS, end - i), min(TILE_COLUMNS, n - c));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function subtractTile(tile: usize, to: usize, n: i32, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++, tile += TILE_COLUMNS * 4, to += <usize>n << 2) {
    if (columns == TILE_COLUMNS) {
      v128.store(to, f32x4.sub(v128.load(to), v128.load(tile)));
      v128.store(to, f32x4.sub(v128.load(to, 16), v128.load(tile, 16)), 16);
    } else {
      for (let c = 0; c < columns; c++) {
        store<f32>(element(to, c), load<f32>(element(to, c)) - load<f32>(element(tile, c)));
      }
    }
  }
}

/** A_iK = products, A_KK = −inverse: the upper triangle's share of the column block and of the row block. */
export function putPanel(
  a: usize, n: i32, first: i32, count: i32, width: i32, products: usize, inverse: usize,
  start: i32, end: i32,
): void {
  for (let i = start; i < end; i++) {
    const from = row(products, i, width);
    if (i < first) memory.copy(element(row(a, i, n), first), from, <usize>count << 2);
    else if (i >= first + count) {
      for (let k = 0; k < count; k++) store<f32>(element(row(a, first + k, n), i), load<f32>(element(from, k)));
    } else {
      const own = row(inverse, i - first, width);
      const to = row(a, i, n);
      for (let k = i - first; k < count; k++) store<f32>(element(to, first + k), -load<f32>(element(own, k)));
    }
  }
}

/** The upper triangle of a [n, n] changes its sign. */
export function negateUpper(a: usize, n: i32, start: i32, end: i32): void {
  for (let i = start; i < end; i++) {
    const at = row(a, i, n);
    for (let j = i; j < n; j++) store<f32>(element(at, j), -load<f32>(element(at, j)));
  }
}

/** Rows at a time, so that a line of the cache that is read down a column is used whole. */
// @ts-ignore: decorator
@inline const MIRRORED = 16;

/** What is below the diagonal of a [n, n] becomes what is above it. */
export function mirrorUpper(a: usize, n: i32, start: i32, end: i32): void {
  for (let i = start; i < end; i += MIRRORED) {
    const last = min(i + MIRRORED, end);
    for (let j = 0; j < last; j++) {
      const from = row(a, j, n);
      for (let r = max(i, j + 1); r < last; r++) {
        store<f32>(element(row(a, r, n), j), load<f32>(element(from, r)));
      }
    }
  }
}
