import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interactionsFromTable } from '@losslab/core';
import { expect, test } from 'vitest';
import { type Cell, cellStore, nbpo, planCells } from '../src/index.ts';
import { flipAucs } from '../src/probe/flips.ts';
import { trainCell } from '../src/train-cell.ts';

const signal = new AbortController().signal;
const experiment = nbpo.experiments.find(({ id }) => id === 'table:truth')!;
const selection = { datasets: ['generated'], methods: ['nbpo'], protocols: ['clean'], seeds: [1] } as const;
const [cell] = planCells(experiment, { ...selection, budget: 'quick' }).filter(({ point }) => point[0] === 0.1);

async function trained(changed: Cell) {
  const store = cellStore(mkdtempSync(join(tmpdir(), 'losslab-flips-')));
  const key = 'k'.repeat(64);
  const result = await trainCell(changed, { out: store.workFolder(changed, key), signal, onEvent: () => {} });
  store.write(changed, key, result);
  return store.readProbed(key)!;
}

test('areas of one user are as counted by hand', () => {
  const rows = (items: number[]) =>
    interactionsFromTable({
      userCount: 1,
      itemCount: 5,
      users: new Int32Array(items.length),
      items: Int32Array.from(items),
    });
  const ranker = (scores: number[]) => ({
    kind: 'scores' as const,
    userCount: 1,
    itemCount: 5,
    score: (_: Int32Array, out: Float32Array) => out.set(scores),
    dispose: () => {},
  });
  // Voted: 0, and 4, which is not liked. Flipped: 1 and 2. Rightly unvoted: 3.
  const found = flipAucs(rows([0, 4]), rows([0, 1, 2]), ranker([9, 3, 1, 2, 9]), ranker([-5, -1, -9, -3, 9]));
  expect(found).toMatchObject({ unvoted: 3, flipped: 2 });
  expect([found.amongLiked, found.flipProbability, found.preference]).toEqual([1 / 2, 1 / 2, 1 / 2]);
  expect(found.missed).toBe(1 / 2); // R̂ + ln σ(Γ̂): 3 − 1.3, 1 − 9.0 against 2 − 3.0
});

test('σ(Γ̂) tells flipped from voted among liked pairs, and points away from them among unvoted ones', async () => {
  const { amongLiked, flipProbability, missed, preference, unvoted, flipped } = await trained(cell!);
  expect(flipped![0]).toBeLessThan(unvoted![0]!);
  expect(amongLiked![0]).toBeGreaterThan(0.7);
  expect(preference![0]).toBeGreaterThan(0.6);
  expect(flipProbability![0]).toBeLessThan(0.45);
  expect(missed![0]).toBeLessThan(preference![0]!);
});

test('a loss without a noise model has no flips to measure', async () => {
  const short = { ...cell!.config, epochs: 1 };
  const without = { ...cell!, config: { ...short, loss: { name: 'nbpo', L: 0 } } };
  await expect(trained(without)).rejects.toThrow('[reproduce] expected a loss with Γ̂, got nbpo; take nbpo with L > 0');
});
