/**
 * Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011, with Random123's constants): a
 * counter-based generator. wasm/philox.ts computes the same bits.
 */
export type Words = readonly [number, number, number, number];

/**
 * Where in the sequence of a seed: batch t of an epoch is a pure function of these. All are whole numbers ≥ 0.
 * Key = the seed's 64 bits; counter = (index of a block of four words, step, epoch, stream + 65,536 · attempt), where an
 * attempt above 0 replaces a word that a rejection refused.
 */
export interface Counter {
  /** Below 2⁵³ as a number, 2⁶⁴ as a bigint. */
  readonly seed: number | bigint;
  /** Below 65,536: tells apart what is drawn at one step. */
  readonly stream?: number;
  readonly epoch?: number;
  readonly step?: number;
}

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** Upper 32 bits of the product of two u32. */
export function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return aHigh * bHigh + Math.floor(middle / 65_536) + Math.floor(((middle % 65_536) + aLow * bHigh) / 65_536);
}

/** One block of four u32. */
export function philox4x32(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(M0, c0);
    const high1 = multiplyHigh(M1, c2);
    const low0 = Math.imul(M0, c0) >>> 0;
    const low1 = Math.imul(M1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  return [c0, c1, c2, c3];
}
