import { expect, test } from 'vitest';
import { bsl, cellKey, planCells } from '../src/index.ts';
import type { Probed } from '../src/probe/probe.ts';
import { buildReport } from '../src/report/build.ts';
import { resultOf } from './results.ts';

/** Verdicts on figure 10's claims on MovieLens, where SL and BSL left these potentials at no noise and at more. */
async function verdicts(sl: readonly number[], ours: readonly number[]) {
  const experiment = bsl.experiments.find(({ id }) => id === 'figure:10')!;
  const selection = { datasets: ['ml-1m-bsl'], budget: 'quick', protocols: ['clean'], seeds: [1] } as const;
  const cells = planCells(experiment, selection).map((cell) => ({ cell, key: cellKey(cell, 'x') }));
  const found = new Map<string, Probed>(
    cells.map(({ cell, key }) => [key, { itemPotential: cell.method === 'sl' ? sl : ours }]),
  );
  const outcomes = cells.map(({ cell, key }) => ({
    cell,
    key,
    result: resultOf(cell, 0.1, { stoppedBy: 'patience' }),
  }));
  const { judgements } = await buildReport({
    paper: bsl,
    experiment,
    ...selection,
    outcomes,
    counts: [],
    command: 'reproduce bsl --figure 10',
    store: { readProbed: (key) => found.get(key), readPerUser: () => undefined },
  });
  return judgements.map(({ verdict, evidence }) => `${verdict}: ${evidence}`);
}

test('claims about what a probe found are judged by its means', async () => {
  expect(await verdicts([0.1, 0.3], [0.4])).toEqual([
    expect.stringMatching(/^holds: closest: itemPotential at .*: bsl 0\.4000, sl 0\.2000/),
    expect.stringMatching(/^cannot be told: itemPotential: sl 0\.2000 at 0, 0\.2000 at 0\.4/),
    expect.stringMatching(/^cannot be told: itemPotential: sl 0\.2000 at 0, 0\.2000 at 0\.1/),
  ]);
  expect((await verdicts([0.5], [0.4]))[0]).toMatch(/^does not hold: itemPotential at 0: bsl 0\.4000, sl 0\.5000/);
});

test('and cannot be told where it found nothing', async () => {
  expect((await verdicts([], [0.4]))[0]).toMatch(/^cannot be told: sl at 0 not run/);
});
