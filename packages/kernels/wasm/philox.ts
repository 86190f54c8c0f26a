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

// One round of two blocks, in halves: `a` of the products and the old b, `b` of the products.
// @ts-ignore: decorator
@inline
function crossHigh(p: v128, q: v128, b: v128, keys: v128): v128 {
  return v128.xor(v128.shuffle<i32>(p, q, 3, 1, 7, 5), v128.xor(b, keys));
}

// @ts-ignore: decorator
@inline
function crossLow(p: v128, q: v128): v128 {
  return v128.shuffle<i32>(p, q, 2, 0, 6, 4);
}

/** Writes eight blocks, 32 words: four chains of rounds side by side, so that one's multiplications hide another's. */
// @ts-ignore: decorator
@inline
function writeEight(m: v128, keys: v128, b: v128, epoch: u32, block: u32, out: usize): void {
  let a0 = i32x4(block, epoch, block + 1, epoch);
  let a1 = i32x4(block + 2, epoch, block + 3, epoch);
  let a2 = i32x4(block + 4, epoch, block + 5, epoch);
  let a3 = i32x4(block + 6, epoch, block + 7, epoch);
  let b0 = b;
  let b1 = b;
  let b2 = b;
  let b3 = b;
  for (let round = 0; round < 10; round++) {
    let p = i64x2.extmul_low_i32x4_u(a0, m);
    let q = i64x2.extmul_high_i32x4_u(a0, m);
    a0 = crossHigh(p, q, b0, keys);
    b0 = crossLow(p, q);
    p = i64x2.extmul_low_i32x4_u(a1, m);
    q = i64x2.extmul_high_i32x4_u(a1, m);
    a1 = crossHigh(p, q, b1, keys);
    b1 = crossLow(p, q);
    p = i64x2.extmul_low_i32x4_u(a2, m);
    q = i64x2.extmul_high_i32x4_u(a2, m);
    a2 = crossHigh(p, q, b2, keys);
    b2 = crossLow(p, q);
    p = i64x2.extmul_low_i32x4_u(a3, m);
    q = i64x2.extmul_high_i32x4_u(a3, m);
    a3 = crossHigh(p, q, b3, keys);
    b3 = crossLow(p, q);
    keys = nextKeys(keys);
  }
  storeTwo(out, a0, b0);
  storeTwo(out + 32, a1, b1);
  storeTwo(out + 64, a2, b2);
  storeTwo(out + 96, a3, b3);
}

// @ts-ignore: decorator
@inline
function storeTwo(out: usize, a: v128, b: v128): void {
  v128.store(out, v128.shuffle<i32>(a, b, 0, 4, 1, 5));
  v128.store(out, v128.shuffle<i32>(a, b, 2, 6, 3, 7), 16);
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
  let i = 0;
  for (; i + 32 <= count; i += 32, block += 8) writeEight(m, firstKeys, firstB, epoch, block, element(out, i));
  for (; i < count; i += 8, block += 2) {
    let keys = firstKeys;
    let a = i32x4(block, epoch, block + 1, epoch);
    let b = firstB;
    for (let round = 0; round < 10; round++) {
      const p = i64x2.extmul_low_i32x4_u(a, m);
      const q = i64x2.extmul_high_i32x4_u(a, m);
      a = crossHigh(p, q, b, keys);
      b = crossLow(p, q);
      keys = nextKeys(keys);
    }
    writeBlock(element(out, i), v128.shuffle<i32>(a, b, 0, 4, 1, 5), count - i);
    writeBlock(element(out, i + 4), v128.shuffle<i32>(a, b, 2, 6, 3, 7), count - i - 4);
  }
}

// @ts-ignore: decorator
@inline
function writeBlock(at: usize, words: v128, left: i32): void {
  if (left >= 4) v128.store(at, words);
  else if (left > 0) storeTail(at, words, left);
}
