// Pairs [B, columns], or of left row b those of rowStarts[b] .. rowStarts[b + 1), with a right table that the cache does not hold:
// its rows are taken block by block (2^shift rows), and each block by all left rows before the next. For that the pairs are listed
// by block, then by left row:
//
//   starts [B + 1][blocks]   where the list of (left row b, block) begins; it ends where that of b + 1 begins
//   ids    [pairs]           right rows in the order of the lists

import { element, row } from "./simd";

/** Left row b's first pair; rowStarts 0: it has `columns` of them, as every row. */
// @ts-ignore: decorator
@inline
export function firstOf(b: i32, rowStarts: usize, columns: i32): i32 {
  return rowStarts != 0 ? load<i32>(element(rowStarts, b)) : b * columns;
}

// @ts-ignore: decorator
@inline
function blockOf(id: i32, shift: i32): i32 {
  return id >> shift;
}

/** starts[b + 1][block] = how many pairs of left row b lie in the block. */
export function countBlocks(
  rightRows: usize, rowStarts: usize, columns: i32, blocks: i32, shift: i32, starts: usize,
  start: i32, end: i32,
): void {
  for (let b = start; b < end; b++) {
    const counts = row(starts, b + 1, blocks);
    memory.fill(counts, 0, <usize>blocks << 2);
    const stop = firstOf(b + 1, rowStarts, columns);
    for (let p = firstOf(b, rowStarts, columns); p < stop; p++) {
      const at = element(counts, blockOf(load<i32>(element(rightRows, p)), shift));
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
export function cursorsOf(starts: usize, b: i32, blocks: i32, cursors: usize): void {
  memory.copy(cursors, row(starts, b, blocks), <usize>blocks << 2);
}

/** The place of the next pair in the block of `id`. */
// @ts-ignore: decorator
@inline
export function next(cursors: usize, id: i32, shift: i32): i32 {
  const at = element(cursors, blockOf(id, shift));
  const place = load<i32>(at);
  store<i32>(at, place + 1);
  return place;
}

export function listBlocks(
  rightRows: usize, rowStarts: usize, columns: i32, blocks: i32, shift: i32, starts: usize, ids: usize,
  scratch: usize,
  start: i32, end: i32,
): void {
  for (let b = start; b < end; b++) {
    cursorsOf(starts, b, blocks, scratch);
    const stop = firstOf(b + 1, rowStarts, columns);
    for (let p = firstOf(b, rowStarts, columns); p < stop; p++) {
      const id = load<i32>(element(rightRows, p));
      store<i32>(element(ids, next(scratch, id, shift)), id);
    }
  }
}

/** The pairs' numbers in the order of the lists. */
export function toBlocks(
  rightRows: usize, rowStarts: usize, columns: i32, blocks: i32, shift: i32, starts: usize, values: usize, listed: usize,
  scratch: usize,
  start: i32, end: i32,
): void {
  for (let b = start; b < end; b++) {
    cursorsOf(starts, b, blocks, scratch);
    const stop = firstOf(b + 1, rowStarts, columns);
    for (let p = firstOf(b, rowStarts, columns); p < stop; p++) {
      const place = next(scratch, load<i32>(element(rightRows, p)), shift);
      store<f32>(element(listed, place), load<f32>(element(values, p)));
    }
  }
}
