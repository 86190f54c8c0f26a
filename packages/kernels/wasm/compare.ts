// As binary.ts, with 1 for true and 0 for false in bytes.

import { operand, operandTail } from "./broadcast";

class Equal { @inline apply(x: v128, y: v128): v128 { return f32x4.eq(x, y); } }
class NotEqual { @inline apply(x: v128, y: v128): v128 { return f32x4.ne(x, y); } }
class Less { @inline apply(x: v128, y: v128): v128 { return f32x4.lt(x, y); } }
class LessEqual { @inline apply(x: v128, y: v128): v128 { return f32x4.le(x, y); } }
class Greater { @inline apply(x: v128, y: v128): v128 { return f32x4.gt(x, y); } }
class GreaterEqual { @inline apply(x: v128, y: v128): v128 { return f32x4.ge(x, y); } }

/** Four lanes of all ones or zeros as four bytes, 1 or 0, in the first lane. */
// @ts-ignore: decorator
@inline
function bytes(mask: v128): v128 {
  const halves = i16x8.narrow_i32x4_s(mask, mask);
  return v128.and(i8x16.narrow_i16x8_s(halves, halves), i8x16.splat(1));
}

function pairwise<Op>(left: usize, leftStep: i32, right: usize, rightStep: i32, out: usize, start: i32, end: i32): void {
  const op = changetype<Op>(0);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    v128.store32_lane(out + i, bytes(op.apply(operand(left, leftStep, i), operand(right, rightStep, i))), 0);
  }
  const tail = end - i;
  if (tail <= 0) return;
  const last = bytes(op.apply(operandTail(left, leftStep, i, tail), operandTail(right, rightStep, i, tail)));
  v128.store8_lane(out + i, last, 0);
  if (tail > 1) v128.store8_lane(out + i, last, 1, 1);
  if (tail > 2) v128.store8_lane(out + i, last, 2, 2);
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
    pairwise<Op>(x, leftStep, y, rightStep, out + <usize>r * <usize>columns, 0, columns);
  }
}

export function compareEqual(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<Equal>(x, xStep, y, yStep, out, start, end);
}
export function compareEqualRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<Equal>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

export function compareNotEqual(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<NotEqual>(x, xStep, y, yStep, out, start, end);
}
export function compareNotEqualRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<NotEqual>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

export function compareLess(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<Less>(x, xStep, y, yStep, out, start, end);
}
export function compareLessRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<Less>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

export function compareLessEqual(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<LessEqual>(x, xStep, y, yStep, out, start, end);
}
export function compareLessEqualRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<LessEqual>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

export function compareGreater(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<Greater>(x, xStep, y, yStep, out, start, end);
}
export function compareGreaterRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<Greater>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

export function compareGreaterEqual(x: usize, xStep: i32, y: usize, yStep: i32, out: usize, start: i32, end: i32): void {
  pairwise<GreaterEqual>(x, xStep, y, yStep, out, start, end);
}
export function compareGreaterEqualRows(
  x: usize, xRow: i32, xStep: i32, y: usize, yRow: i32, yStep: i32, out: usize, columns: i32, start: i32, end: i32,
): void {
  rows<GreaterEqual>(x, xRow, xStep, y, yRow, yStep, out, columns, start, end);
}

