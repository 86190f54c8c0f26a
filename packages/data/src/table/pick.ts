/** out[k] = column[places[k]]. (`from` with a function makes a list of all values first.) */
export function pick<A extends Int32Array | Float32Array | Float64Array>(column: A, places: Int32Array, out: A): A {
  for (let k = 0; k < places.length; k++) out[k] = column[places[k]!]!;
  return out;
}
