// Walks two operands and an output. A step of 0 repeats an operand, 1 moves along it.

import { element, loadTail } from "./simd";

/** Four elements of an operand, or one repeated. */
// @ts-ignore: decorator
@inline
export function operand(base: usize, step: i32, index: i32): v128 {
  return step != 0 ? v128.load(element(base, index)) : v128.load32_splat(base);
}

// @ts-ignore: decorator
@inline
export function operandTail(base: usize, step: i32, index: i32, count: i32): v128 {
  return step != 0 ? loadTail(element(base, index), count) : v128.load32_splat(base);
}
