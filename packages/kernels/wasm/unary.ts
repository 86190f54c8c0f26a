// out[i] = op(x[i]). One class an operation: `map` is compiled once for each.

import { abs4, exp4, expm14, log1p4, log4, logSigmoid4, select4, sigmoid4, softplus4, tanh4 } from "./math";
import { element, loadTail, storeTail } from "./simd";

// @ts-ignore: decorator
@inline
function map<Op>(x: usize, out: usize, start: i32, end: i32): void {
  const op = changetype<Op>(0);
  let i = start;
  for (; i + 4 <= end; i += 4) v128.store(element(out, i), op.apply(v128.load(element(x, i))));
  const tail = end - i;
  if (tail > 0) storeTail(element(out, i), op.apply(loadTail(element(x, i), tail)), tail);
}

class Neg { @inline apply(x: v128): v128 { return f32x4.neg(x); } }
class Abs { @inline apply(x: v128): v128 { return abs4(x); } }
class Square { @inline apply(x: v128): v128 { return f32x4.mul(x, x); } }
class Sqrt { @inline apply(x: v128): v128 { return f32x4.sqrt(x); } }
class Rsqrt { @inline apply(x: v128): v128 { return f32x4.div(f32x4.splat(1), f32x4.sqrt(x)); } }
class Reciprocal { @inline apply(x: v128): v128 { return f32x4.div(f32x4.splat(1), x); } }
class Exp { @inline apply(x: v128): v128 { return exp4(x); } }
class Expm1 { @inline apply(x: v128): v128 { return expm14(x); } }
class Log { @inline apply(x: v128): v128 { return log4(x); } }
class Log1p { @inline apply(x: v128): v128 { return log1p4(x); } }
class Sigmoid { @inline apply(x: v128): v128 { return sigmoid4(x); } }
class Softplus { @inline apply(x: v128): v128 { return softplus4(x); } }
class LogSigmoid { @inline apply(x: v128): v128 { return logSigmoid4(x); } }
class Tanh { @inline apply(x: v128): v128 { return tanh4(x); } }
class Relu { @inline apply(x: v128): v128 { return f32x4.max(x, f32x4.splat(0)); } }
class Floor { @inline apply(x: v128): v128 { return f32x4.floor(x); } }
class Ceil { @inline apply(x: v128): v128 { return f32x4.ceil(x); } }
class Round { @inline apply(x: v128): v128 { return f32x4.nearest(x); } }

class Sign {
  @inline apply(x: v128): v128 {
    const one = v128.or(f32x4.splat(1), v128.and(x, i32x4.splat(0x80000000)));
    return select4(f32x4.ne(x, f32x4.splat(0)), select4(f32x4.eq(x, x), one, x), f32x4.splat(0));
  }
}

/** 1 above 0, else 0; NaN stays. */
class Step {
  @inline apply(x: v128): v128 {
    return select4(f32x4.ne(x, x), x, v128.and(f32x4.gt(x, f32x4.splat(0)), f32x4.splat(1)));
  }
}

export function unaryNeg(x: usize, out: usize, start: i32, end: i32): void { map<Neg>(x, out, start, end); }
export function unaryAbs(x: usize, out: usize, start: i32, end: i32): void { map<Abs>(x, out, start, end); }
export function unarySign(x: usize, out: usize, start: i32, end: i32): void { map<Sign>(x, out, start, end); }
export function unarySquare(x: usize, out: usize, start: i32, end: i32): void { map<Square>(x, out, start, end); }
export function unarySqrt(x: usize, out: usize, start: i32, end: i32): void { map<Sqrt>(x, out, start, end); }
export function unaryRsqrt(x: usize, out: usize, start: i32, end: i32): void { map<Rsqrt>(x, out, start, end); }
export function unaryReciprocal(x: usize, out: usize, start: i32, end: i32): void { map<Reciprocal>(x, out, start, end); }
export function unaryExp(x: usize, out: usize, start: i32, end: i32): void { map<Exp>(x, out, start, end); }
export function unaryExpm1(x: usize, out: usize, start: i32, end: i32): void { map<Expm1>(x, out, start, end); }
export function unaryLog(x: usize, out: usize, start: i32, end: i32): void { map<Log>(x, out, start, end); }
export function unaryLog1p(x: usize, out: usize, start: i32, end: i32): void { map<Log1p>(x, out, start, end); }
export function unarySigmoid(x: usize, out: usize, start: i32, end: i32): void { map<Sigmoid>(x, out, start, end); }
export function unarySoftplus(x: usize, out: usize, start: i32, end: i32): void { map<Softplus>(x, out, start, end); }
export function unaryLogSigmoid(x: usize, out: usize, start: i32, end: i32): void { map<LogSigmoid>(x, out, start, end); }
export function unaryTanh(x: usize, out: usize, start: i32, end: i32): void { map<Tanh>(x, out, start, end); }
export function unaryRelu(x: usize, out: usize, start: i32, end: i32): void { map<Relu>(x, out, start, end); }
export function unaryStep(x: usize, out: usize, start: i32, end: i32): void { map<Step>(x, out, start, end); }
export function unaryFloor(x: usize, out: usize, start: i32, end: i32): void { map<Floor>(x, out, start, end); }
export function unaryCeil(x: usize, out: usize, start: i32, end: i32): void { map<Ceil>(x, out, start, end); }
export function unaryRound(x: usize, out: usize, start: i32, end: i32): void { map<Round>(x, out, start, end); }
