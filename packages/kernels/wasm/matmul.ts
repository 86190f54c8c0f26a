// out [m, n] = a · b (Goto & van de Geijn 2008): b comes packed; blocks of a are packed here, and stay in the cache.

import { COLUMNS, multiplyTile, packColumns, packRows, ROWS } from "./tile";
import { element, row } from "./simd";

// @ts-ignore: decorator
@inline const DEPTH = 256;
// @ts-ignore: decorator
@inline const BLOCK = 96;
/** Floats of a tile, at the start of the scratch. */
// @ts-ignore: decorator
@inline const TILE = 64;

/** Up to so many columns packing rows of a costs more than it saves. */
// @ts-ignore: decorator
@inline const NARROW = 64;

export function matmul(
  a: usize, packed: usize, out: usize, m: i32, k: i32, n: i32, transposeA: bool, accumulate: bool,
  scratch: usize,
  start: i32, end: i32,
): void {
  const rowStep: usize = transposeA ? 4 : <usize>k << 2;
  const depthStep: usize = transposeA ? <usize>m << 2 : 4;
  const block = element(scratch, TILE);
  if (!accumulate && k == 0) memory.fill(row(out, start, n), 0, <usize>(end - start) * <usize>n * 4);
  for (let from = 0; from < k; from += DEPTH) {
    const depth = min(DEPTH, k - from);
    const add = accumulate || from > 0;
    for (let r = start; r < end; r += BLOCK) {
      const rows = min(BLOCK, end - r);
      const at = a + <usize>r * rowStep + <usize>from * depthStep;
      if (n <= NARROW) {
        multiplyBlock(at, rowStep, depthStep, packed, out, k, n, from, depth, r, rows, add, scratch);
        continue;
      }
      for (let i = 0; i < rows; i += ROWS) {
        packRows(at + <usize>i * rowStep, rowStep, depthStep, rows - i, depth, element(block, i * depth));
      }
      multiplyBlock(block, 0, 0, packed, out, k, n, from, depth, r, rows, add, scratch);
    }
  }
}

/** Products [start, end) of a batch, each small: of a + p · stepA and b + p · stepB (elements; 0 where all share one). */
export function matmulBatch(
  a: usize, stepA: i32, b: usize, stepB: i32, out: usize, m: i32, k: i32, n: i32, transposeA: bool, transposeB: bool,
  accumulate: bool,
  scratch: usize,
  start: i32, end: i32,
): void {
  const panels = (n + COLUMNS - 1) / COLUMNS;
  const packed = element(scratch, TILE + BLOCK * min(DEPTH, k));
  for (let p = start; p < end; p++) {
    if (p == start || stepB != 0) packColumns(row(b, p, stepB), k, n, transposeB, packed, 0, panels);
    matmul(row(a, p, stepA), packed, row(out, p, m * n), m, k, n, transposeA, accumulate, scratch, 0, m);
  }
}

/** Rows [r, r + rows) of out, from rows of a as they are, or from packed ones where rowStep is 0. */
// @ts-ignore: decorator
@inline
function multiplyBlock(
  a: usize, rowStep: usize, depthStep: usize, packed: usize, out: usize, k: i32, n: i32, from: i32, depth: i32, r: i32,
  rows: i32, add: bool, tile: usize,
): void {
  for (let c = 0; c < n; c += COLUMNS) {
    const columns = packed + (<usize>c * <usize>k + <usize>from * COLUMNS) * 4;
    for (let i = 0; i < rows; i += ROWS) {
      const count = min(ROWS, rows - i);
      if (rowStep == 0) multiplyTile(element(a, i * depth), 4, ROWS * 4, ROWS, columns, depth, tile);
      else multiplyTile(a + <usize>i * rowStep, rowStep, depthStep, count, columns, depth, tile);
      storeTile(tile, element(row(out, r + i, n), c), n, count, min(COLUMNS, n - c), add);
    }
  }
}

// @ts-ignore: decorator
@inline
function storeTile(tile: usize, out: usize, n: i32, rows: i32, columns: i32, add: bool): void {
  for (let r = 0; r < rows; r++, tile += COLUMNS * 4, out += <usize>n << 2) {
    if (columns == COLUMNS) {
      const x = v128.load(tile);
      const y = v128.load(tile, 16);
      v128.store(out, add ? f32x4.add(v128.load(out), x) : x);
      v128.store(out, add ? f32x4.add(v128.load(out, 16), y) : y, 16);
    } else {
      for (let c = 0; c < columns; c++) {
        const x = load<f32>(element(tile, c));
        store<f32>(element(out, c), add ? load<f32>(element(out, c)) + x : x);
      }
    }
  }
}
