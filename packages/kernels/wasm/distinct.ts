// Draws of items without replacement. Words and attempts are those of `sampleNegatives`.

import { bounded, boundWords } from "./bounded";
import { mark, marked, unmark } from "./membership";
import { ATTEMPT, wordAt, writeWords } from "./philox";
import { countDistinct } from "./sampling";
import { element, row } from "./simd";

/** After so many rejected draws the items left are walked, which is exact and always ends. */
// @ts-ignore: decorator
@inline const PATIENCE = 16;

/** The `rank`-th id whose bit is not set. */
function openAt(bits: usize, rank: i32): u32 {
  let byte = bits;
  for (let open = 8 - popcnt<i32>(load<u8>(byte)); open <= rank; open = 8 - popcnt<i32>(load<u8>(byte))) {
    rank -= open;
    byte++;
  }
  let id = <u32>(byte - bits) << 3;
  while (marked(bits, id) || rank > 0) {
    if (!marked(bits, id)) rank--;
    id++;
  }
  return id;
}

/** Attempts 1, 2, ... of a draw that was rejected, `left` items being open. */
function drawAgain(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32, index: u32,
  items: u32, bits: usize, left: i32,
): u32 {
  for (let attempt = 1; attempt < PATIENCE; attempt++) {
    stream += ATTEMPT << 8;
    const item = bounded(wordAt(k0, k1, step, epoch, stream, index), items, k0, k1, step, epoch, stream, index);
    if (!marked(bits, item)) return item;
  }
  stream += ATTEMPT << 8;
  return openAt(bits, bounded(wordAt(k0, k1, step, epoch, stream, index), left, k0, k1, step, epoch, stream, index));
}

/** Each draw of a row is uniform over the items that are neither the user's nor drawn in the row before. */
export function sampleDistinct(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32,
  users: usize, indptr: usize, indices: usize, columns: i32, out: usize, items: u32,
  scratch: usize,
  start: i32, end: i32,
): void {
  const blocks = <u32>((columns + 3) >> 2);
  memory.fill(scratch, 0, (items + 7) >> 3);
  for (let r = start; r < end; r++) {
    const at = row(out, r, columns);
    const first = <u32>r * blocks;
    writeWords(k0, k1, step, epoch, stream, first, at, columns);
    boundWords(k0, k1, step, epoch, stream, first << 2, at, columns, items);
    let from: usize = 0;
    let to: usize = 0;
    if (indptr != 0) {
      const user = load<i32>(element(users, r));
      from = element(indices, load<i32>(element(indptr, user)));
      to = element(indices, load<i32>(element(indptr, user + 1)));
    }
    mark(scratch, from, to);
    const left = items - countDistinct(from, to);
    for (let n = 0; n < columns; n++) {
      const drawn = element(at, n);
      if (marked(scratch, load<u32>(drawn))) {
        const index = (first << 2) + n;
        store<u32>(drawn, drawAgain(k0, k1, step, epoch, stream, index, items, scratch, left - n));
      }
      mark(scratch, drawn, drawn + 4);
    }
    unmark(scratch, at, element(at, columns));
    unmark(scratch, from, to);
  }
}
