// Philox4x32-10 (Salmon et al., SC 2011). src/random/philox.ts computes the same bits.
//
// Two blocks in two vectors: a = [c0 c2 | c0' c2'], b = [c1 c3 | c1' c3'], keys = [k0 k1 | k0 k1]. A round multiplies a
// by [M0 M1 | M0 M1]; the products' upper halves, crossed, go to a, their lower halves, crossed, become b.

import { element, storeTail } from "./simd";

/** Attempt n of a word has n · ATTEMPT added to its stream word. */
// @ts-ignore: decorator
@inline export const ATTEMPT: u32 = 0x10000;

// @ts-ignore: decorator
@inline
function multipliers(): v128 {
  return i32x4(0xd2511f53, 0xcd9e8d57, 0xd2511f53, 0xcd9e8d57);
}

// @ts-ignore: decorator
@inline
function nextKeys(keys: v128): v128 {
  return i32x4.add(keys, i32x4(0x9e3779b9, 0xbb67ae85, 0x9e3779b9, 0xbb67ae85));
}

/** The word of the block at `index` in `lane`: for single draws. */
export function wordAt(k0: u32, k1: u32, step: u32, epoch: u32, stream: u32, index: u32): u32 {
  let c0 = index >> 2;
  let c1 = step;
  let c2 = epoch;
  let c3 = stream;
  for (let round = 0; round < 10; round++) {
    const p0 = <u64>c0 * 0xd2511f53;
    const p1 = <u64>c2 * 0xcd9e8d57;
    c0 = <u32>(p1 >> 32) ^ c1 ^ k0;
    c1 = <u32>p1;
    c2 = <u32>(p0 >> 32) ^ c3 ^ k1;
    c3 = <u32>p0;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  const lane = index & 3;
  return lane < 2 ? (lane == 0 ? c0 : c1) : lane == 2 ? c2 : c3;
}

/** Writes `count` words from the start of block `block` on. */
export function writeWords(
  k0: u32,
  k1: u32,
  step: u32,
  epoch: u32,
  stream: u32,
  block: u32,
  out: usize,
  count: i32,
): void {
  const m = multipliers();
  const firstKeys = i32x4(k0, k1, k0, k1);
  const firstB = i32x4(step, stream, step, stream);
  for (let i = 0; i < count; i += 16, block += 4) {
    let keys = firstKeys;
    let a = i32x4(block, epoch, block + 1, epoch);
    let a2 = i32x4(block + 2, epoch, block + 3, epoch);
    let b = firstB;
    let b2 = firstB;
    for (let round = 0; round < 10; round++) {
      const p = i64x2.extmul_low_i32x4_u(a, m);
      const q = i64x2.extmul_high_i32x4_u(a, m);
      const p2 = i64x2.extmul_low_i32x4_u(a2, m);
      const q2 = i64x2.extmul_high_i32x4_u(a2, m);
      a = v128.xor(v128.xor(v128.shuffle<i32>(p, q, 3, 1, 7, 5), b), keys);
      a2 = v128.xor(v128.xor(v128.shuffle<i32>(p2, q2, 3, 1, 7, 5), b2), keys);
      b = v128.shuffle<i32>(p, q, 2, 0, 6, 4);
      b2 = v128.shuffle<i32>(p2, q2, 2, 0, 6, 4);
      keys = nextKeys(keys);
    }
    writeBlock(element(out, i), v128.shuffle<i32>(a, b, 0, 4, 1, 5), count - i);
    writeBlock(element(out, i + 4), v128.shuffle<i32>(a, b, 2, 6, 3, 7), count - i - 4);
    writeBlock(element(out, i + 8), v128.shuffle<i32>(a2, b2, 0, 4, 1, 5), count - i - 8);
    writeBlock(element(out, i + 12), v128.shuffle<i32>(a2, b2, 2, 6, 3, 7), count - i - 12);
  }
}

// @ts-ignore: decorator
@inline
function writeBlock(at: usize, words: v128, left: i32): void {
  if (left >= 4) v128.store(at, words);
  else if (left > 0) storeTail(at, words, left);
}

/**
 * A whole number in [0, bound), without bias (Lemire 2019): the upper half of word · bound, unless the lower half is
 * refused. `word` is attempt `attempt` of word `index`; refused ones are replaced by the following attempts.
 */
// @ts-ignore: decorator
@inline
export function bounded(
  word: u32,
  bound: u32,
  k0: u32,
  k1: u32,
  step: u32,
  epoch: u32,
  stream: u32,
  index: u32,
): u32 {
  const product = <u64>word * bound;
  if (<u32>product >= bound) return <u32>(product >> 32);
  return boundedAgain(product, bound, k0, k1, step, epoch, stream, index);
}

function boundedAgain(
  product: u64,
  bound: u32,
  k0: u32,
  k1: u32,
  step: u32,
  epoch: u32,
  stream: u32,
  index: u32,
): u32 {
  const refused: u32 = (<u32>0 - bound) % bound;
  while (<u32>product < refused) {
    stream += ATTEMPT;
    product = <u64>wordAt(k0, k1, step, epoch, stream, index) * bound;
  }
  return <u32>(product >> 32);
}
