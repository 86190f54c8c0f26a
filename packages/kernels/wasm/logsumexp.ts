// Of one row: its maximum, and the sum of exponentials below it.

import { expNegative4 } from "./math";
import { addPromoted, element, loadTail, sumPair } from "./simd";

/** NaN anywhere makes NaN. */
// @ts-ignore: decorator
@inline
export function maxOf(x: usize, columns: i32): f32 {
  let most = f32x4.splat(-Infinity);
  let c = 0;
  for (; c + 4 <= columns; c += 4) most = f32x4.max(most, v128.load(element(x, c)));
  let result: f32 = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  for (; c < columns; c++) result = max(result, load<f32>(element(x, c)));
  return result;
}

/** The maximum of what is not NaN: one instruction a vector. */
// @ts-ignore: decorator
@inline
function quickMaxOf(x: usize, columns: i32): f32 {
  let most = f32x4.splat(-Infinity);
  let c = 0;
  for (; c + 4 <= columns; c += 4) most = f32x4.pmax(most, v128.load(element(x, c)));
  for (; c < columns; c++) most = f32x4.pmax(most, v128.load32_splat(element(x, c)));
  most = f32x4.pmax(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1));
  most = f32x4.pmax(most, v128.shuffle<i32>(most, most, 1, 0, 3, 2));
  return f32x4.extract_lane(most, 0);
}

/** Vectors summed in float32 before they go to the float64 sum. */
// @ts-ignore: decorator
@inline const RUN = 8;

/** Σ exp((x − shift) · factor), where no x is above shift and factor > 0. */
// @ts-ignore: decorator
@inline
export function sumExpOf(x: usize, columns: i32, shift: f32, factor: f32 = 1): f64 {
  const shifts = f32x4.splat(shift);
  const factors = f32x4.splat(factor);
  let sums = f64x2.splat(0);
  let c = 0;
  while (c + 4 <= columns) {
    const stop = min(c + 4 * RUN, columns & ~3);
    let some = f32x4.splat(0);
    for (; c < stop; c += 4) {
      some = f32x4.add(some, expNegative4(f32x4.mul(f32x4.sub(v128.load(element(x, c)), shifts), factors)));
    }
    sums = addPromoted(sums, some);
  }
  let total = sumPair(sums);
  if (c < columns) {
    const last = expNegative4(f32x4.mul(f32x4.sub(loadTail(element(x, c), columns - c), shifts), factors));
    total += f32x4.extract_lane(last, 0);
    if (columns - c > 1) total += f32x4.extract_lane(last, 1);
    if (columns - c > 2) total += f32x4.extract_lane(last, 2);
  }
  return total;
}

/** ln Σ exp(x · factor), factor > 0; an infinite or NaN maximum is the result. A NaN elsewhere comes through the sum. */
// @ts-ignore: decorator
@inline
export function logSumExpOf(x: usize, columns: i32, factor: f32): f64 {
  const most = quickMaxOf(x, columns);
  if (!isFinite(most)) return maxOf(x, columns);
  return <f64>most * <f64>factor + Math.log(sumExpOf(x, columns, most, factor));
}
