// Sets of ids: an ascending list [from, to) of addresses, or bits, eight ids a byte.

import { element } from "./simd";

/** Whether the ascending ids [from, to) hold `id`. */
export function contains(from: usize, to: usize, id: i32): bool {
  let base = from;
  let count = (to - from) >> 2;
  while (count > 1) {
    const middle = base + ((count >> 1) << 2);
    base = load<i32>(middle) <= id ? middle : base;
    count -= count >> 1;
  }
  return count == 1 && load<i32>(base) == id;
}

/** Sets the bits of the ids [from, to). */
export function mark(bits: usize, from: usize, to: usize): void {
  for (let at = from; at < to; at += 4) {
    const id = load<u32>(at);
    const byte = bits + (id >> 3);
    store<u8>(byte, load<u8>(byte) | (<u8>1 << <u8>(id & 7)));
  }
}

/** Clears what `mark` set. */
export function unmark(bits: usize, from: usize, to: usize): void {
  for (let at = from; at < to; at += 4) store<u8>(bits + (load<u32>(at) >> 3), 0);
}

// @ts-ignore: decorator
@inline
export function marked(bits: usize, id: u32): bool {
  return ((load<u8>(bits + (id >> 3)) >> <u8>(id & 7)) & 1) != 0;
}
