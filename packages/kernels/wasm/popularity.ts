// Draws in proportion to weights by Walker's alias method. Draw n of a row takes words 2n (column) and 2n + 1 (coin).

import { bounded } from "./bounded";
import { mark, marked, unmark } from "./membership";
import { ATTEMPT, wordAt, writeWords } from "./philox";
import { element, row } from "./simd";

/** After so many rejected draws the whole table is walked, which is exact and always ends. */
// @ts-ignore: decorator
@inline const PATIENCE = 64;

// @ts-ignore: decorator
@inline
function choose(thresholds: usize, aliases: usize, column: u32, coin: u32): u32 {
  // A coin is as often heads as tails: a branch would be guessed wrong.
  const keep = coin < load<u32>(element(thresholds, column));
  return select(column, load<u32>(element(aliases, column)), keep);
}

/** Mass of column c that goes to items not marked: its threshold to c, the rest of 2³² to its alias. */
// @ts-ignore: decorator
@inline
function openMass(bits: usize, thresholds: usize, aliases: usize, c: u32): u64 {
  const threshold = <u64>load<u32>(element(thresholds, c));
  const own = marked(bits, c) ? 0 : threshold;
  const other = marked(bits, load<u32>(element(aliases, c))) ? 0 : 0x100000000 - threshold;
  return own + other;
}

/** Draws from the law restricted to items that are not marked, by its cumulative mass. */
function walk(high: u32, low: u32, items: u32, bits: usize, thresholds: usize, aliases: usize): u32 {
  let total: u64 = 0;
  for (let c: u32 = 0; c < items; c++) total += openMass(bits, thresholds, aliases, c);
  if (total == 0) return <u32>-1;
  let rest = ((<u64>high << 32) | low) % total;
  for (let c: u32 = 0; c < items; c++) {
    const mass = openMass(bits, thresholds, aliases, c);
    if (rest >= mass) {
      rest -= mass;
      continue;
    }
    const own = marked(bits, c) ? 0 : <u64>load<u32>(element(thresholds, c));
    return rest < own ? c : load<u32>(element(aliases, c));
  }
  return <u32>-1;
}

function drawAgain(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32, index: u32,
  items: u32, bits: usize, thresholds: usize, aliases: usize,
): u32 {
  for (let attempt = 1; attempt < PATIENCE; attempt++) {
    // 256 apart, as `bounded` takes the attempts in between.
    stream += ATTEMPT << 8;
    const word = wordAt(k0, k1, step, epoch, stream, index);
    const column = bounded(word, items, k0, k1, step, epoch, stream, index);
    const item = choose(thresholds, aliases, column, wordAt(k0, k1, step, epoch, stream, index + 1));
    if (!marked(bits, item)) return item;
  }
  stream += ATTEMPT << 8;
  const high = wordAt(k0, k1, step, epoch, stream, index);
  return walk(high, wordAt(k0, k1, step, epoch, stream, index + 1), items, bits, thresholds, aliases);
}

export function samplePopularity(
  k0: u32, k1: u32, step: u32, epoch: u32, stream: u32,
  users: usize, indptr: usize, indices: usize, columns: i32, out: usize, items: u32, thresholds: usize, aliases: usize,
  scratch: usize,
  start: i32, end: i32,
): void {
  const blocks = <u32>((columns + 1) >> 1);
  const bits = element(scratch, 2 * columns);
  memory.fill(bits, 0, (items + 7) >> 3);
  for (let r = start; r < end; r++) {
    const first = <u32>r * blocks;
    writeWords(k0, k1, step, epoch, stream, first, scratch, 2 * columns);
    let from: usize = 0;
    let to: usize = 0;
    if (indptr != 0) {
      const user = load<i32>(element(users, r));
      from = element(indices, load<i32>(element(indptr, user)));
      to = element(indices, load<i32>(element(indptr, user + 1)));
      mark(bits, from, to);
    }
    for (let n = 0; n < columns; n++) {
      const index = (first << 2) + 2 * n;
      const words = element(scratch, 2 * n);
      const column = bounded(load<u32>(words), items, k0, k1, step, epoch, stream, index);
      let item = choose(thresholds, aliases, column, load<u32>(words, 4));
      if (to != from && marked(bits, item)) {
        item = drawAgain(k0, k1, step, epoch, stream, index, items, bits, thresholds, aliases);
      }
      store<u32>(element(row(out, r, columns), n), item);
    }
    unmark(bits, from, to);
  }
}
