import { expected } from '../errors.ts';

/** Walker's alias method (Vose 1991): draw a column, keep it where a coin's 32 bits are below its threshold. */
export interface AliasTable {
  readonly thresholds: Uint32Array; // [items], probability of keeping the column · 2³²
  readonly aliases: Int32Array; // [items]
}

/** Columns still short of, and beyond, the mean weight. */
function split(scaled: Float64Array): { short: number[]; long: number[] } {
  const short: number[] = [];
  const long: number[] = [];
  scaled.forEach((weight, index) => {
    (weight < 1 ? short : long).push(index);
  });
  return { short, long };
}

function checkedTotal(weights: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index]!;
    if (!(weight >= 0 && weight < Infinity)) {
      throw expected('weights ≥ 0', `${weight} at ${index}`, 'leave out what cannot be drawn with 0', 'weights');
    }
    total += weight;
  }
  if (total > 0) return total;
  throw expected('a weight above 0', `${weights.length} weights that sum to 0`, 'weigh at least one item', 'weights');
}

/** Builds the table in float64; a weight of 0 is never drawn. */
export function buildAlias(weights: ArrayLike<number>, { thresholds, aliases }: AliasTable): void {
  const count = weights.length;
  const total = checkedTotal(weights);
  const scaled = Float64Array.from({ length: count }, (_, index) => (weights[index]! * count) / total);
  const { short, long } = split(scaled);
  const heaviest = scaled.indexOf(scaled.reduce((a, b) => Math.max(a, b)));
  while (short.length > 0) {
    const from = short.pop()!;
    const to = long.at(-1) ?? (weights[from]! > 0 ? from : heaviest);
    thresholds[from] = Math.min(2 ** 32 - 1, Math.round(scaled[from]! * 2 ** 32));
    aliases[from] = to;
    if (long.length === 0) continue;
    scaled[to] = scaled[to]! + scaled[from]! - 1;
    if (scaled[to]! < 1) short.push(long.pop()!);
  }
  for (const index of long) {
    thresholds[index] = 0;
    aliases[index] = index;
  }
}
