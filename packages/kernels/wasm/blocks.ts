// Scores of pairs and their gradients, right rows block by block: see blocklists.ts.

import { cursorsOf, firstOf, next } from "./blocklists";
import { dotList, sumListed } from "./pairs";
import { element, load4, madd, row, store4 } from "./simd";

/** Scores go to `listed` block by block, then to the pairs' places in `out`: the same bits as pairDot's. */
export function dotBlocks(
  left: usize, right: usize, dim: i32, rightRows: usize, rowStarts: usize, columns: i32, blocks: i32, shift: i32,
  starts: usize, ids: usize, listed: usize, out: usize,
  scratch: usize,
  start: i32, end: i32,
): void {
  for (let block = 0; block < blocks; block++) {
    for (let b = start; b < end; b++) {
      const at = element(row(starts, b, blocks), block);
      const from = load<i32>(at);
      const count = load<i32>(at + (<usize>blocks << 2)) - from;
      dotList(row(left, b, dim), right, dim, element(ids, from), count, element(listed, from));
    }
  }
  for (let b = start; b < end; b++) {
    cursorsOf(starts, b, blocks, scratch);
    const stop = firstOf(b + 1, rowStarts, columns);
    for (let p = firstOf(b, rowStarts, columns); p < stop; p++) {
      store<f32>(element(out, p), load<f32>(element(listed, next(scratch, load<i32>(element(rightRows, p)), shift))));
    }
  }
}

/** out[b] = Σ weight · right[id] over b's pairs, in the order of the lists. */
export function leftBlocks(
  right: usize, dim: i32, blocks: i32, starts: usize, ids: usize, weights: usize, out: usize, accumulate: bool,
  start: i32, end: i32,
): void {
  if (!accumulate) memory.fill(row(out, start, dim), 0, <usize>(end - start) * <usize>dim * 4);
  for (let block = 0; block < blocks; block++) {
    for (let b = start; b < end; b++) {
      const at = element(row(starts, b, blocks), block);
      const from = load<i32>(at);
      const stop = load<i32>(at + (<usize>blocks << 2));
      sumListed(row(out, b, dim), weights, right, dim, from, stop, ids, true);
    }
  }
}

/** out[id] += weight · left[b] for the pairs of blocks [start, end), by b. */
export function rightBlocks(
  left: usize, rows: i32, dim: i32, rights: i32, blocks: i32, shift: i32, starts: usize, ids: usize, weights: usize,
  out: usize, accumulate: bool,
  start: i32, end: i32,
): void {
  for (let block = start; block < end; block++) {
    const first = block << shift;
    const last = min((block + 1) << shift, rights);
    if (!accumulate) memory.fill(row(out, first, dim), 0, <usize>(last - first) * <usize>dim * 4);
    for (let b = 0; b < rows; b++) {
      const at = element(row(starts, b, blocks), block);
      const from = load<i32>(at);
      const count = load<i32>(at + (<usize>blocks << 2)) - from;
      scatter(row(left, b, dim), out, dim, element(ids, from), element(weights, from), count);
    }
  }
}

/** table[ids[i]] += weights[i] · x, 32 columns of x at a time in registers. */
// @ts-ignore: decorator
@inline
function scatter(x: usize, table: usize, dim: i32, ids: usize, weights: usize, count: i32): void {
  let d = 0;
  for (; d + 32 <= dim; d += 32) scatter32(element(x, d), element(table, d), dim, ids, weights, count);
  for (; d < dim; d += 4) scatterFew(element(x, d), element(table, d), dim, ids, weights, count, min(4, dim - d));
}

// @ts-ignore: decorator
@inline
function scatter32(x: usize, table: usize, dim: i32, ids: usize, weights: usize, count: i32): void {
  const x0 = v128.load(x), x1 = v128.load(x, 16), x2 = v128.load(x, 32), x3 = v128.load(x, 48);
  const x4 = v128.load(x, 64), x5 = v128.load(x, 80), x6 = v128.load(x, 96), x7 = v128.load(x, 112);
  for (let i = 0; i < count; i++) {
    const w = v128.load32_splat(element(weights, i));
    const to = row(table, load<i32>(element(ids, i)), dim);
    addTo(to, w, x0, x1);
    addTo(to + 32, w, x2, x3);
    addTo(to + 64, w, x4, x5);
    addTo(to + 96, w, x6, x7);
  }
}

/** Two vectors of a row: both are loaded before one is stored, or V8's revectorizer could not make one of them. */
// @ts-ignore: decorator
@inline
function addTo(to: usize, w: v128, x0: v128, x1: v128): void {
  const sum0 = madd(w, x0, v128.load(to));
  const sum1 = madd(w, x1, v128.load(to, 16));
  v128.store(to, sum0);
  v128.store(to, sum1, 16);
}

// @ts-ignore: decorator
@inline
function scatterFew(x: usize, table: usize, dim: i32, ids: usize, weights: usize, count: i32, width: i32): void {
  const lanes = load4(x, width);
  for (let i = 0; i < count; i++) {
    const to = row(table, load<i32>(element(ids, i)), dim);
    store4(to, madd(v128.load32_splat(element(weights, i)), lanes, load4(to, width)), width);
  }
}
