// Draws of items for users. A row's words start a block of their own; rejected draws take further attempts.

import { bounded, boundWords } from "./bounded";
import { contains, mark, marked, unmark } from "./membership";
import { ATTEMPT, wordAt, writeWords } from "./philox";
import { element, row } from "./simd";

/** After so many rejected draws the remaining items are walked, which is exact and always ends. */
// @ts-ignore: decorator
@inline const PATIENCE = 16;

// @ts-ignore: decorator
@inline
function excludes(bits: usize, useBits: bool, from: usize, to: usize, id: u32): bool {
  return useBits ? marked(bits, id) : contains(from, to, id);
}

/** The `rank`-th item that is not among the ascending ids [from, to), which may repeat. */
function remaining(from: usize, to: usize, rank: i32): i32 {
  let item = rank;
  let previous = -1;
  for (let at = from; at < to; at += 4) {
    const id = load<i32>(at);
    if (id == previous) continue;
    if (id > item) break;
    item++;
    previous = id;
  }
  return item;
}

/** Distinct ids among the ascending ids [from, to). */
export function countDistinct(from: usize, to: usize): i32 {
  let count = 0;
  let previous = -1;
  for (let at = from; at < to; at += 4) {
    const id = load<i32>(at);
    count += i32(id != previous);
    previous = id;
  }
  return count;
}

/** Attempts 1, 2, ... of a draw that was rejected. */
function drawAgain(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32, index: u32,
  items: u32, bits: usize, useBits: bool, from: usize, to: usize,
): u32 {
  for (let attempt = 1; attempt < PATIENCE; attempt++) {
    // Attempts of one draw must not meet those of `bounded`, which counts up from its own: 256 apart.
    stream += ATTEMPT << 8;
    const item = bounded(wordAt(k0, k1, step, epoch, stream, index), items, k0, k1, step, epoch, stream, index);
    if (!excludes(bits, useBits, from, to, item)) return item;
  }
  stream += ATTEMPT << 8;
  const left = items - countDistinct(from, to);
  return remaining(from, to, bounded(wordAt(k0, k1, step, epoch, stream, index), left, k0, k1, step, epoch, stream, index));
}

export function sampleNegatives(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32,
  users: usize, indptr: usize, indices: usize, columns: i32, out: usize, items: u32, mostMarked: i32,
  scratch: usize,
  start: i32, end: i32,
): void {
  const blocks = <u32>((columns + 3) >> 2);
  if (indptr != 0 && mostMarked > 0) memory.fill(scratch, 0, (items + 7) >> 3);
  for (let r = start; r < end; r++) {
    const at = row(out, r, columns);
    const first = <u32>r * blocks;
    writeWords(k0, k1, step, epoch, stream, first, at, columns);
    boundWords(k0, k1, step, epoch, stream, first << 2, at, columns, items);
    if (indptr == 0) continue;
    const user = load<i32>(element(users, r));
    const from = element(indices, load<i32>(element(indptr, user)));
    const to = element(indices, load<i32>(element(indptr, user + 1)));
    if (to == from) continue;
    const useBits = to - from <= <usize>mostMarked << 2;
    if (useBits) mark(scratch, from, to);
    for (let n = 0; n < columns; n++) {
      if (!excludes(scratch, useBits, from, to, load<u32>(element(at, n)))) continue;
      const index = (first << 2) + n;
      const item = drawAgain(k0, k1, step, epoch, stream, index, items, scratch, useBits, from, to);
      store<u32>(element(at, n), item);
    }
    if (useBits) unmark(scratch, from, to);
  }
}

/** Column 0 is given; words of the others start a block of their own. A user without items repeats the given one. */
export function samplePositives(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32,
  users: usize, indptr: usize, indices: usize, columns: i32, out: usize, positives: usize,
  start: i32, end: i32,
): void {
  const blocks = <u32>((columns + 2) >> 2);
  for (let r = start; r < end; r++) {
    const at = row(out, r, columns);
    const given = load<i32>(element(positives, r));
    store<i32>(at, given);
    if (columns == 1) continue;
    const first = <u32>r * blocks;
    writeWords(k0, k1, step, epoch, stream, first, at + 4, columns - 1);
    const user = load<i32>(element(users, r));
    const begin = load<i32>(element(indptr, user));
    const count = load<i32>(element(indptr, user + 1)) - begin;
    for (let m = 1; m < columns; m++) {
      const index = (first << 2) + m - 1;
      const word = load<u32>(element(at, m));
      const chosen = count == 0 ? 0 : bounded(word, count, k0, k1, step, epoch, stream, index);
      store<i32>(element(at, m), count == 0 ? given : load<i32>(element(indices, begin + chosen)));
    }
  }
}

/** Puts the user's own item in the place of a draw where its coin lies below odds·d / (odds·d + items − d). */
export function mixPositives(
  users: usize, indptr: usize, columns: i32, out: usize, items: u32, odds: f64, coins: usize, own: usize,
  start: i32, end: i32,
): void {
  for (let r = start; r < end; r++) {
    const user = load<i32>(element(users, r));
    const count = <f64>(load<i32>(element(indptr, user + 1)) - load<i32>(element(indptr, user)));
    const heads = (odds * count) / (odds * count + <f64>items - count);
    const at = row(out, r, columns);
    const coin = row(coins, r, columns);
    const others = row(own, r, columns + 1) + 4;
    for (let n = 0; n < columns; n++) {
      const item = load<i32>(element(at, n));
      const other = load<i32>(element(others, n));
      store<i32>(element(at, n), <f64>load<f32>(element(coin, n)) < heads ? other : item);
    }
  }
}
