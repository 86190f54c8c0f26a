// softmax and its kin over rows, and their gradients.

import { maxOf, sumExpOf } from "./logsumexp";
import { exp4 } from "./math";
import { addPromoted, element, load4, row, store4, sumPair } from "./simd";

export function softmax(x: usize, out: usize, columns: i32, start: i32, end: i32): void {
  for (let r = start; r < end; r++) {
    const from = row(x, r, columns);
    const to = row(out, r, columns);
    const most = maxOf(from, columns);
    const inverse = f32x4.splat(<f32>(1 / sumExpOf(from, columns, most)));
    const shift = f32x4.splat(most);
    for (let c = 0; c < columns; c += 4) {
      const value = f32x4.mul(exp4(f32x4.sub(load4(element(from, c), columns - c), shift)), inverse);
      store4(element(to, c), value, columns - c);
    }
  }
}

export function logSoftmax(x: usize, out: usize, columns: i32, start: i32, end: i32): void {
  for (let r = start; r < end; r++) {
    const from = row(x, r, columns);
    const to = row(out, r, columns);
    // The maximum and the logarithm are taken off one by one: their sum would round once more.
    const most = maxOf(from, columns);
    const shift = f32x4.splat(most);
    const log = f32x4.splat(<f32>Math.log(sumExpOf(from, columns, most)));
    for (let c = 0; c < columns; c += 4) {
      store4(element(to, c), f32x4.sub(f32x4.sub(load4(element(from, c), columns - c), shift), log), columns - c);
    }
  }
}

export function logSumExpGradient(
  x: usize, lse: usize, dy: usize, out: usize, columns: i32, factor: f32,
  start: i32, end: i32,
): void {
  const factors = f32x4.splat(factor);
  for (let r = start; r < end; r++) {
    const from = row(x, r, columns);
    const to = row(out, r, columns);
    const shift = v128.load32_splat(element(lse, r));
    const scale = f32x4.mul(v128.load32_splat(element(dy, r)), factors);
    for (let c = 0; c < columns; c += 4) {
      const exponent = f32x4.sub(f32x4.mul(load4(element(from, c), columns - c), factors), shift);
      const value = f32x4.mul(exp4(exponent), scale);
      store4(element(to, c), value, columns - c);
    }
  }
}

export function softmaxGradient(y: usize, dy: usize, out: usize, columns: i32, start: i32, end: i32): void {
  for (let r = start; r < end; r++) {
    const p = row(y, r, columns);
    const g = row(dy, r, columns);
    const to = row(out, r, columns);
    let sums = f64x2.splat(0);
    for (let c = 0; c < columns; c += 4) {
      sums = addPromoted(sums, f32x4.mul(load4(element(p, c), columns - c), load4(element(g, c), columns - c)));
    }
    const mean = f32x4.splat(<f32>sumPair(sums));
    for (let c = 0; c < columns; c += 4) {
      const value = f32x4.mul(load4(element(p, c), columns - c), f32x4.sub(load4(element(g, c), columns - c), mean));
      store4(element(to, c), value, columns - c);
    }
  }
}

export function logSoftmaxGradient(y: usize, dy: usize, out: usize, columns: i32, start: i32, end: i32): void {
  for (let r = start; r < end; r++) {
    const log = row(y, r, columns);
    const g = row(dy, r, columns);
    const to = row(out, r, columns);
    let sums = f64x2.splat(0);
    for (let c = 0; c < columns; c += 4) sums = addPromoted(sums, load4(element(g, c), columns - c));
    const total = f32x4.splat(<f32>sumPair(sums));
    for (let c = 0; c < columns; c += 4) {
      const value = f32x4.sub(load4(element(g, c), columns - c), f32x4.mul(exp4(load4(element(log, c), columns - c)), total));
      store4(element(to, c), value, columns - c);
    }
  }
}
