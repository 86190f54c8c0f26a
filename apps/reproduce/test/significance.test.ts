import { expect, test } from 'vitest';
import type { Cell, Experiment } from '../src/index.ts';
import type { Measured } from '../src/report/measured.ts';
import { significanceSection } from '../src/report/significance.ts';
import { table1, table2 } from '../src/vbpr/tables.ts';
import { resultOf } from './results.ts';

/** Which methods are paired, by the labels of the rows, in Recall@20. */
function pairsOf(experiment: Experiment): string[] {
  const measured = experiment.methods.map(({ id: method }): Measured => {
    const at = { dataset: 'd', method, point: [], protocol: 'clean', seed: 1 } as const;
    return { ...at, key: method, result: resultOf({ ...at, config: {} as Cell['config'] }, 0.1), isUnfinished: false };
  });
  const perUser = (key: string) => ({
    users: Int32Array.of(0, 1, 2),
    values: { 'recall@20': Float64Array.of(0.1, 0.2, key.length / 10) },
  });
  const sections = significanceSection({
    experiment,
    budget: 'full',
    protocols: ['clean'],
    measured,
    comparisons: [],
    probed: () => undefined,
    perUser,
  });
  const rows = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? block.table.rows : [])),
  );
  return rows.map(([, , method, against]) => `${method} / ${against}`);
}

test('a reference is paired with every other method', () => {
  expect(pairsOf(table1)).toEqual(['BPR', 'InfoNCE', 'DCL'].map((other) => `MF + VBPR / MF + ${other}`));
});

test('references within a backbone are paired with what is listed by them', () => {
  expect(pairsOf(table2)).toEqual(['MF + VBPR / MF + BPR', 'LightGCN + VBPR / LightGCN + BPR']);
});

test('no reference, no tests', () => {
  const { reference: _, ...without } = table1;
  expect(pairsOf(without)).toEqual([]);
});
