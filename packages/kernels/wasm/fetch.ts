// Rows asked for before they are used: WebAssembly has no prefetch, but loads that nothing waits for overlap their way from memory.

import { element, row } from "./simd";

/** Rows asked for together: their lines stay in the first cache until they are used. */
// @ts-ignore: decorator
@inline export const AHEAD = 8;

/** Asks for every cache line of row `r`. */
// @ts-ignore: decorator
@inline
export function fetchRow(table: usize, r: i32, dim: i32): void {
  const at = row(table, r, dim);
  for (let d = 0; d < dim; d += 16) load<i32>(element(at, d));
}
