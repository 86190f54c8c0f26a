/** Items by their training interactions, fewest first, ties by the smaller item. */
export function leastPopularFirst(itemDegrees: Int32Array): Int32Array {
  const order = Int32Array.from(itemDegrees, (_, item) => item);
  return order.sort((a, b) => itemDegrees[a]! - itemDegrees[b]! || a - b);
}
