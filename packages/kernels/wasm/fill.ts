import { element, loadTail, storeTail } from "./simd";

export function fill(out: usize, value: f32, start: i32, end: i32): void {
  const values = f32x4.splat(value);
  let i = start;
  for (; i + 4 <= end; i += 4) v128.store(element(out, i), values);
  if (i < end) storeTail(element(out, i), values, end - i);
}

export function copy(x: usize, out: usize, start: i32, end: i32): void {
  memory.copy(element(out, start), element(x, start), <usize>(end - start) << 2);
}

/** out [columns, rows] = xᵀ; rows [start, end) are rows of out. Squares of four by four, then what is left. */
export function transpose(x: usize, out: usize, rows: i32, columns: i32, start: i32, end: i32): void {
  let c = start;
  for (; c + 4 <= end; c += 4) {
    let r = 0;
    for (; r + 4 <= rows; r += 4) square(x, out, rows, columns, r, c);
    for (; r < rows; r++) for (let i = c; i < c + 4; i++) move(x, out, rows, columns, r, i);
  }
  for (; c < end; c++) for (let r = 0; r < rows; r++) move(x, out, rows, columns, r, c);
}

// @ts-ignore: decorator
@inline
function at(base: usize, r: i32, c: i32, width: i32): usize {
  return base + (<usize>r * <usize>width + <usize>c) * 4;
}

// @ts-ignore: decorator
@inline
function move(x: usize, out: usize, rows: i32, columns: i32, r: i32, c: i32): void {
  store<u32>(at(out, c, r, rows), load<u32>(at(x, r, c, columns)));
}

// @ts-ignore: decorator
@inline
function square(x: usize, out: usize, rows: i32, columns: i32, r: i32, c: i32): void {
  const a = v128.load(at(x, r, c, columns));
  const b = v128.load(at(x, r + 1, c, columns));
  const d = v128.load(at(x, r + 2, c, columns));
  const e = v128.load(at(x, r + 3, c, columns));
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const de = v128.shuffle<i32>(d, e, 0, 4, 1, 5);
  const deHigh = v128.shuffle<i32>(d, e, 2, 6, 3, 7);
  v128.store(at(out, c, r, rows), v128.shuffle<i32>(ab, de, 0, 1, 4, 5));
  v128.store(at(out, c + 1, r, rows), v128.shuffle<i32>(ab, de, 2, 3, 6, 7));
  v128.store(at(out, c + 2, r, rows), v128.shuffle<i32>(abHigh, deHigh, 0, 1, 4, 5));
  v128.store(at(out, c + 3, r, rows), v128.shuffle<i32>(abHigh, deHigh, 2, 3, 6, 7));
}
