import { leastPopularFirst } from './order.ts';

/**
 * Cuts the items, least popular first, into groups of equal total popularity: an item is in group ⌈G · c / C⌉, with c the
 * training interactions of the items up to and with it and C those of all. Groups count from 1, the least popular. An item
 * with more than C/G interactions leaves the group before its own empty or small; without interactions all are in group 1.
 * @returns the group of each item, [items]
 */
export function popularityGroups(itemDegrees: Int32Array, groups: number): Int32Array {
  const total = itemDegrees.reduce((sum, degree) => sum + degree, 0);
  const of = new Int32Array(itemDegrees.length).fill(1);
  let sum = 0;
  for (const item of leastPopularFirst(itemDegrees)) {
    sum += itemDegrees[item]!;
    if (sum > 0) of[item] = Math.ceil((groups * sum) / total);
  }
  return of;
}
