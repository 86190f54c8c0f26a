// Whole numbers in [0, bound), of a generator's words.

import { ATTEMPT, wordAt } from "./philox";
import { element } from "./simd";

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

/** Turns words `index`, `index` + 1, ... at `at` into whole numbers in [0, bound), as `bounded` does one by one. */
export function boundWords(
  k0: u32,
  k1: u32,
  step: u32,
  epoch: u32,
  stream: u32,
  index: u32,
  at: usize,
  count: i32,
  bound: u32,
): void {
  const bounds = i32x4.splat(bound);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const words = v128.load(element(at, i));
    const p = i64x2.extmul_low_i32x4_u(words, bounds);
    const q = i64x2.extmul_high_i32x4_u(words, bounds);
    if (v128.any_true(i32x4.lt_u(v128.shuffle<i32>(p, q, 0, 2, 4, 6), bounds))) {
      boundEach(k0, k1, step, epoch, stream, index + i, element(at, i), 4, bound);
    } else v128.store(element(at, i), v128.shuffle<i32>(p, q, 1, 3, 5, 7));
  }
  boundEach(k0, k1, step, epoch, stream, index + i, element(at, i), count - i, bound);
}

function boundEach(
  k0: u32,
  k1: u32,
  step: u32,
  epoch: u32,
  stream: u32,
  index: u32,
  at: usize,
  count: i32,
  bound: u32,
): void {
  for (let i = 0; i < count; i++) {
    store<u32>(element(at, i), bounded(load<u32>(element(at, i)), bound, k0, k1, step, epoch, stream, index + i));
  }
}
