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

/** Σ exp(x − shift), where no x is above shift. */
// @ts-ignore: decorator
@inline
export function sumExpOf(x: usize, columns: i32, shift: f32): f64 {
  const shifts = f32x4.splat(shift);
  let sums = f64x2.splat(0);
  let c = 0;
  for (; c + 4 <= columns; c += 4) {
    sums = addPromoted(sums, expNegative4(f32x4.sub(v128.load(element(x, c)), shifts)));
  }
  let total = sumPair(sums);
  if (c < columns) {
    const last = expNegative4(f32x4.sub(loadTail(element(x, c), columns - c), shifts));
    total += f32x4.extract_lane(last, 0);
    if (columns - c > 1) total += f32x4.extract_lane(last, 1);
    if (columns - c > 2) total += f32x4.extract_lane(last, 2);
  }
  return total;
}

/** ln Σ exp(x); an infinite or NaN maximum is the result. */
// @ts-ignore: decorator
@inline
export function logSumExpOf(x: usize, columns: i32): f64 {
  const most = maxOf(x, columns);
  if (!isFinite(most)) return most;
  return <f64>most + Math.log(sumExpOf(x, columns, most));
}
