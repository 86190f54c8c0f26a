// Distinct ids and checks of ids: serial by nature.

import { element } from "./simd";

/** Appends the new ids to the list of `count`; slots[id] = position. Returns the new count. */
export function distinct(ids: usize, length: i32, slots: usize, list: usize, count: i32, positions: usize): i32 {
  for (let i = 0; i < length; i++) {
    const id = load<i32>(element(ids, i));
    const slot = element(slots, id);
    let position = load<i32>(slot);
    if (position < 0) {
      position = count++;
      store<i32>(slot, position);
      store<i32>(element(list, position), id);
    }
    if (positions != 0) store<i32>(element(positions, i), position);
  }
  return count;
}

/** Rows [start, end) are ids; several threads may mark the same one. What is marked is only read, so that threads share its line. */
export function markIds(ids: usize, marks: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) {
    const at = marks + <usize>load<u32>(element(ids, i));
    if (load<u8>(at) == 0) store<u8>(at, 1);
  }
}

/** Numbers the marked ids upwards: list gets them, slots[id] their numbers. Returns how many there are. */
export function numberMarks(marks: usize, rows: i32, slots: usize, list: usize): i32 {
  let count = 0;
  for (let id = 0; id < rows; id++) {
    if (load<u8>(marks + <usize>id) == 0) continue;
    store<i32>(element(slots, id), count);
    store<i32>(element(list, count++), id);
  }
  return count;
}

export function lookUp(ids: usize, slots: usize, positions: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) {
    store<i32>(element(positions, i), load<i32>(element(slots, load<i32>(element(ids, i)))));
  }
}

export function clearSlots(list: usize, count: i32, slots: usize): void {
  for (let i = 0; i < count; i++) store<i32>(element(slots, load<i32>(element(list, i))), -1);
}

export function countPositions(positions: usize, length: i32, counts: usize, size: i32): void {
  memory.fill(counts, 0, <usize>size << 2);
  for (let i = 0; i < length; i++) {
    const at = element(counts, load<i32>(element(positions, i)));
    store<f32>(at, load<f32>(at) + 1);
  }
}

/** The first i with ids[i] outside [0, rows), or −1. */
export function firstOutside(ids: usize, length: i32, rows: u32): i32 {
  const limit = i32x4.splat(rows);
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    if (v128.any_true(i32x4.ge_u(v128.load(element(ids, i)), limit))) break;
  }
  for (; i < length; i++) if (load<u32>(element(ids, i)) >= rows) return i;
  return -1;
}
