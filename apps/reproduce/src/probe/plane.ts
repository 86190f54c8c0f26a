import { TSNE } from '@keckelt/tsne';
import { dataFacts, type Ranker } from '@losslab/core';
import { Random } from '@losslab/kernels';
import { loadRun } from '@losslab/trainer';
import { registry } from 'losslab';
import { gaussianPotential } from './potential.ts';
import type { Probed } from './probe.ts';

/**
 * User and item vectors brought to the plane together by t-SNE (van der Maaten & Hinton 2008, perplexity 30, 500 steps).
 * Users and items are the `share` with the most and with the fewest training interactions, hot and cold, at most `most` of
 * each, or, with share ½, all. Gives `hotUsers`, `coldUsers`, `hotItems`, `coldItems`, and both together as `users` and
 * `items`: x, y, x, y ...; and one number, `itemPotential`, of the same items' vectors before t-SNE.
 */
export interface PlaneProbe {
  readonly kind: 'plane';
  readonly share: number;
  readonly most: number;
  /** Items alone, without users among them. Absent: both. */
  readonly of?: 'items';
}

export async function probePlane({ share, most, of }: PlaneProbe, run: string, seed: number): Promise<Probed> {
  const { ranker, train, dispose } = await loadRun(run, registry);
  try {
    if (ranker.kind !== 'factors') return {};
    const { userDegrees, itemDegrees } = dataFacts(train);
    const users = of === 'items' ? nobody : hotAndCold(userDegrees, share, most, seed);
    const items = hotAndCold(itemDegrees, share, most, seed + 1);
    const groups = { hotUsers: users.hot, coldUsers: users.cold, hotItems: items.hot, coldItems: items.cold };
    const rows = Object.entries(groups).flatMap(([name, ids]) => ids.map((id) => vectorOf(ranker, name, id)));
    const itemPotential = [gaussianPotential(rows.slice(users.hot.length + users.cold.length))];
    const plane = tsne(rows, seed);
    const [hotUsers, coldUsers, hotItems, coldItems] = Object.values(groups).map((ids) =>
      plane.splice(0, ids.length).flat(),
    ) as [number[], number[], number[], number[]];
    const together = { users: [...hotUsers, ...coldUsers], items: [...hotItems, ...coldItems] };
    return { hotUsers, coldUsers, hotItems, coldItems, ...together, itemPotential };
  } finally {
    dispose();
  }
}

const nobody = { hot: [], cold: [] } as const;

function hotAndCold(degrees: Int32Array, share: number, most: number, seed: number) {
  const order = Array.from(degrees.keys()).sort((a, b) => degrees[b]! - degrees[a]! || a - b);
  const count = Math.floor(share * order.length);
  const sample = (ids: number[]): number[] => new Random({ seed }).shuffle(ids).slice(0, most);
  return { hot: sample(order.slice(0, count)), cold: sample(order.slice(order.length - count)) };
}

function vectorOf(ranker: Extract<Ranker, { kind: 'factors' }>, group: string, id: number): number[] {
  const { dimension } = ranker;
  const table = group.endsWith('Users') ? ranker.users : ranker.items;
  return Array.from(table.subarray(id * dimension, (id + 1) * dimension));
}

const steps = 500;

/** Points [n][2] of rows [n][D]; from a seeded start, so that the same rows give the same points. */
export function tsne(rows: readonly (readonly number[])[], seed: number): number[][] {
  const of = new TSNE({ dim: 2, perplexity: Math.min(30, Math.max(2, rows.length / 4)), epsilon: 10 });
  of.initDataRaw(rows.map((row) => [...row]));
  const solution = of.getSolution() as number[][];
  const random = new Random({ seed, stream: 1 });
  for (const point of solution) for (const d of point.keys()) point[d] = (random.float() - 0.5) * 1e-3;
  for (let step = 0; step < steps; step++) of.step();
  return solution.map((point) => [...point]);
}
