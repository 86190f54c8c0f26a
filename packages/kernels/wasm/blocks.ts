// Pairs [B, columns] with a right table that the cache does not hold: its rows are taken block by block (2^shift rows), and
// each block by all left rows before the next. For that the pairs are listed by block, then by left row:
//
//   starts [B + 1][blocks]   where the list of (left row b, block) begins; it ends where that of b + 1 begins
//   ids    [pairs]           right rows in the order of the lists

import { dotList } from "./pairs";
import { element, loadTail, madd, row, storeTail } from "./simd";

// @ts-ignore: decorator
@inline
function blockOf(id: i32, shift: i32): i32 {
  return id >> shift;
}

/** starts[b + 1][block] = how many pairs of left row b lie in the block. */
export function countBlocks(
  rightRows: usize, columns: i32, blocks: i32, shift: i32, starts: usize,
  start: i32, end: i32,
): void {
  for (let b = start; b < end; b++) {
    const counts = row(starts, b + 1, blocks);
    memory.fill(counts, 0, <usize>blocks << 2);
    const from = row(rightRows, b, columns);
    for (let n = 0; n < columns; n++) {
      const at = element(counts, blockOf(load<i32>(element(from, n)), shift));
      store<i32>(at, load<i32>(at) + 1);
    }
  }
}

/** Turns counts into starts, block by block. */
export function startBlocks(starts: usize, rows: i32, blocks: i32): void {
  let before = 0;
  for (let block = 0; block < blocks; block++) {
    store<i32>(element(starts, block), before);
    for (let b = 1; b <= rows; b++) {
      const at = element(row(starts, b, blocks), block);
      before += load<i32>(at);
      store<i32>(at, before);
    }
  }
}

/** Copies the starts of left row b: where its next pair of each block lies. */
// @ts-ignore: decorator
@inline
function cursorsOf(starts: usize, b: i32, blocks: i32, cursors: usize): void {
  memory.copy(cursors, row(starts, b, blocks), <usize>blocks << 2);
}

/** The place of the next pair in the block of `id`. */
// @ts-ignore: decorator
@inline
function next(cursors: usize, id: i32, shift: i32): i32 {
  const at = element(cursors, blockOf(id, shift));
  const place = load<i32>(at);
  store<i32>(at, place + 1);
  return place;
}

export function listBlocks(
  rightRows: usize, columns: i32, blocks: i32, shift: i32, starts: usize, ids: usize,
  scratch: usize,
  start: i32, end: i32,
): void {
  for (let b = start; b < end; b++) {
    cursorsOf(starts, b, blocks, scratch);
    const from = row(rightRows, b, columns);
    for (let n = 0; n < columns; n++) {
      const id = load<i32>(element(from, n));
      store<i32>(element(ids, next(scratch, id, shift)), id);
    }
  }
}

/** Numbers [B, columns] in the order of the lists. */
export function toBlocks(
  rightRows: usize, columns: i32, blocks: i32, shift: i32, starts: usize, values: usize, listed: usize,
  scratch: usize,
  start: i32, end: i32,
): void {
  for (let b = start; b < end; b++) {
    cursorsOf(starts, b, blocks, scratch);
    const ids = row(rightRows, b, columns);
    const from = row(values, b, columns);
    for (let n = 0; n < columns; n++) {
      const place = next(scratch, load<i32>(element(ids, n)), shift);
      store<f32>(element(listed, place), load<f32>(element(from, n)));
    }
  }
}

/** Scores go to `listed` block by block, then to out [B, columns]: the same bits as pairDot's. */
export function dotBlocks(
  left: usize, right: usize, dim: i32, rightRows: usize, columns: i32, blocks: i32, shift: i32, starts: usize, ids: usize,
  listed: usize, out: usize,
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
    const rows = row(rightRows, b, columns);
    const to = row(out, b, columns);
    for (let n = 0; n < columns; n++) {
      store<f32>(element(to, n), load<f32>(element(listed, next(scratch, load<i32>(element(rows, n)), shift))));
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
      const count = load<i32>(at + (<usize>blocks << 2)) - from;
      gather(row(out, b, dim), right, dim, element(ids, from), element(weights, from), count);
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

/** to += Σ weights[i] · table[ids[i]], 32 columns at a time in registers. */
// @ts-ignore: decorator
@inline
function gather(to: usize, table: usize, dim: i32, ids: usize, weights: usize, count: i32): void {
  let d = 0;
  for (; d + 32 <= dim; d += 32) gather32(element(to, d), element(table, d), dim, ids, weights, count);
  for (; d < dim; d += 4) gatherFew(element(to, d), element(table, d), dim, ids, weights, count, min(4, dim - d));
}

// @ts-ignore: decorator
@inline
function gather32(to: usize, table: usize, dim: i32, ids: usize, weights: usize, count: i32): void {
  let s0 = v128.load(to), s1 = v128.load(to, 16), s2 = v128.load(to, 32), s3 = v128.load(to, 48);
  let s4 = v128.load(to, 64), s5 = v128.load(to, 80), s6 = v128.load(to, 96), s7 = v128.load(to, 112);
  for (let i = 0; i < count; i++) {
    const w = v128.load32_splat(element(weights, i));
    const from = row(table, load<i32>(element(ids, i)), dim);
    s0 = madd(w, v128.load(from), s0);
    s1 = madd(w, v128.load(from, 16), s1);
    s2 = madd(w, v128.load(from, 32), s2);
    s3 = madd(w, v128.load(from, 48), s3);
    s4 = madd(w, v128.load(from, 64), s4);
    s5 = madd(w, v128.load(from, 80), s5);
    s6 = madd(w, v128.load(from, 96), s6);
    s7 = madd(w, v128.load(from, 112), s7);
  }
  v128.store(to, s0); v128.store(to, s1, 16); v128.store(to, s2, 32); v128.store(to, s3, 48);
  v128.store(to, s4, 64); v128.store(to, s5, 80); v128.store(to, s6, 96); v128.store(to, s7, 112);
}

// @ts-ignore: decorator
@inline
function load4(at: usize, width: i32): v128 {
  return width == 4 ? v128.load(at) : loadTail(at, width);
}

// @ts-ignore: decorator
@inline
function store4(at: usize, lanes: v128, width: i32): void {
  if (width == 4) v128.store(at, lanes);
  else storeTail(at, lanes, width);
}

// @ts-ignore: decorator
@inline
function gatherFew(to: usize, table: usize, dim: i32, ids: usize, weights: usize, count: i32, width: i32): void {
  let sum = load4(to, width);
  for (let i = 0; i < count; i++) {
    const from = row(table, load<i32>(element(ids, i)), dim);
    sum = madd(v128.load32_splat(element(weights, i)), load4(from, width), sum);
  }
  store4(to, sum, width);
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
    v128.store(to, madd(w, x0, v128.load(to)));
    v128.store(to, madd(w, x1, v128.load(to, 16)), 16);
    v128.store(to, madd(w, x2, v128.load(to, 32)), 32);
    v128.store(to, madd(w, x3, v128.load(to, 48)), 48);
    v128.store(to, madd(w, x4, v128.load(to, 64)), 64);
    v128.store(to, madd(w, x5, v128.load(to, 80)), 80);
    v128.store(to, madd(w, x6, v128.load(to, 96)), 96);
    v128.store(to, madd(w, x7, v128.load(to, 112)), 112);
  }
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
