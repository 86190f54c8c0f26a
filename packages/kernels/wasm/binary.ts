// out = op(left, right). `binary*` walks elements, `binary*Rows` rows of which either operand may be a vector.

import { operand, operandTail } from "./broadcast";
import { element, storeTail } from "./simd";

class Add { @inline apply(x: v128, y: v128): v128 { return f32x4.add(x, y); } }
class Sub { @inline apply(x: v128, y: v128): v128 { return f32x4.sub(x, y); } }
class Mul { @inline apply(x: v128, y: v128): v128 { return f32x4.mul(x, y); } }
class Div { @inline apply(x: v128, y: v128): v128 { return f32x4.div(x, y); } }
class Maximum { @inline apply(x: v128, y: v128): v128 { return f32x4.max(x, y); } }
class Minimum { @inline apply(x: v128, y: v128): v128 { return f32x4.min(x, y); } }

class SquaredDifference {
  @inline apply(x: v128, y: v128): v128 {
    const difference = f32x4.sub(x, y);
    return f32x4.mul(difference, difference);
  }
}

// @ts-ignore: decorator
@inline
function walk<Op>(left: usize, leftStep: i32, right: usize, rightStep: i32, out: usize, start: i32, end: i32): void {
  const op = changetype<Op>(0);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    v128.store(element(out, i), op.apply(operand(left, leftStep, i), operand(right, rightStep, i)));
  }
  const tail = end - i;
  if (tail <= 0) return;
  const y = operandTail(right, rightStep, i, tail);
  storeTail(element(out, i), op.apply(operandTail(left, leftStep, i, tail), y), tail);
}

/** One loop for each way of walking, so that nothing is decided inside. */
function pairwise<Op>(left: usize, leftStep: i32, right: usize, rightStep: i32, out: usize, start: i32, end: i32): void {
  if (leftStep == 0) walk<Op>(left, 0, right, rightStep, out, start, end);
  else if (rightStep == 0) walk<Op>(left, 1, right, 0, out, start, end);
  else walk<Op>(left, 1, right, 1, out, start, end);
}

// @ts-ignore: decorator
@inline
function rows<Op>(
  left: usize, leftRow: i32, leftStep: i32, right: usize, rightRow: i32, rightStep: i32, out: usize, columns: i32,
  start: i32, end: i32,
): void {
  for (let r = start; r < end; r++) {
    const x = left + <usize>r * <usize>leftRow * 4;
    const y = right + <usize>r * <usize>rightRow * 4;
    pairwise<Op>(x, leftStep, y, rightStep, out + <usize>r * <usize>columns * 4, 0, columns);
  }
}

export function binaryAdd(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<Add>(x, xStep, y, yStep, out, start, end);
}
export function binaryAddRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<Add>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

export function binarySub(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<Sub>(x, xStep, y, yStep, out, start, end);
}
export function binarySubRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<Sub>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

export function binaryMul(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<Mul>(x, xStep, y, yStep, out, start, end);
}
export function binaryMulRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<Mul>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

export function binaryDiv(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<Div>(x, xStep, y, yStep, out, start, end);
}
export function binaryDivRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<Div>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

export function binaryMaximum(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<Maximum>(x, xStep, y, yStep, out, start, end);
}
export function binaryMaximumRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<Maximum>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

export function binaryMinimum(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<Minimum>(x, xStep, y, yStep, out, start, end);
}
export function binaryMinimumRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<Minimum>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

export function binarySquaredDifference(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<SquaredDifference>(x, xStep, y, yStep, out, start, end);
}
export function binarySquaredDifferenceRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<SquaredDifference>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

