// Products of a sparse matrix (compressed rows) and a dense one. A row's products are added in the order of its entries.

import { sumListed } from "./pairs";
import { element, row } from "./simd";

/** indptr[r] + r: what row r and those before it cost, entries and stores. */
// @ts-ignore: decorator
@inline
function costBefore(indptr: usize, r: i32): i64 {
  return <i64>load<i32>(element(indptr, r)) + r;
}

/** The first row of block `block`: rows are cut into `blocks` runs of about equal cost. */
function firstRow(indptr: usize, rows: i32, block: i32, blocks: i32): i32 {
  const target = costBefore(indptr, rows) * block / blocks;
  let low = 0;
  let high = rows;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (costBefore(indptr, middle) < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows [start, end) are blocks. */
export function spmm(
  indptr: usize, indices: usize, values: usize, rows: i32, x: usize, dim: i32, out: usize, accumulate: bool, blocks: i32,
  start: i32, end: i32,
): void {
  const last = firstRow(indptr, rows, end, blocks);
  for (let r = firstRow(indptr, rows, start, blocks); r < last; r++) {
    const begin = load<i32>(element(indptr, r));
    const stop = load<i32>(element(indptr, r + 1));
    sumListed(row(out, r, dim), values, x, dim, begin, stop, indices, accumulate);
  }
}

/** Row i of the range is row list[i] of the matrix. */
export function spmmListed(
  indptr: usize, indices: usize, values: usize, list: usize, x: usize, dim: i32, out: usize, accumulate: bool,
  start: i32, end: i32,
): void {
  for (let i = start; i < end; i++) {
    const r = load<i32>(element(list, i));
    const begin = load<i32>(element(indptr, r));
    const stop = load<i32>(element(indptr, r + 1));
    sumListed(row(out, i, dim), values, x, dim, begin, stop, indices, accumulate);
  }
}

/** Rows [start, end) are blocks; scratch has room for the slots and then the values of the longest row. */
export function spmmSlots(
  indptr: usize, indices: usize, values: usize, rows: i32, slots: usize, x: usize, dim: i32, out: usize, accumulate: bool,
  blocks: i32, longest: i32, scratch: usize,
  start: i32, end: i32,
): void {
  const keptValues = element(scratch, longest);
  const last = firstRow(indptr, rows, end, blocks);
  for (let r = firstRow(indptr, rows, start, blocks); r < last; r++) {
    let kept = 0;
    for (let p = load<i32>(element(indptr, r)); p < load<i32>(element(indptr, r + 1)); p++) {
      const slot = load<i32>(element(slots, load<i32>(element(indices, p))));
      store<i32>(element(scratch, kept), slot);
      store<f32>(element(keptValues, kept), load<f32>(element(values, p)));
      kept += <i32>(slot >= 0);
    }
    sumListed(row(out, r, dim), keptValues, x, dim, 0, kept, scratch, accumulate);
  }
}
