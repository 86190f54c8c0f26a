import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Case } from '../src/cases/case.ts';
import { cases } from '../src/cases/index.ts';
import { markdown } from '../src/markdown.ts';
import { PASS, ratesOf } from '../src/rates.ts';
import { type Result, readResults } from '../src/results.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));

test('the tables of docs/performance.md are those of the kept results', () => {
  const made = cases.map((make) => make({ largest: 1 }));
  const tables = markdown(made, readResults(path('performance.json')));
  expect(
    readFileSync(path('performance.md'), 'utf8'),
    'run `pnpm bench --markdown docs/performance.json --into docs/performance.md`',
  ).toContain(`<!-- bench -->\n${tables}<!-- /bench -->`);
});

const timing = (name: string, median: number) => ({ name, median, least: median, most: median });
const result = (...timings: Result['timings']): Result => ({
  title: 'toy',
  measured: '2026-01-01',
  machine: 'toy',
  timings,
  missing: [{ name: 'stock tfjs wasm', missing: 'no such kernel' }],
});
const toy = (given: Partial<Case>): Case => ({
  name: 'toy',
  title: 'toy',
  rounds: 1,
  contenders: async () => [],
  ...given,
});

test('a budget is judged on the ratio of medians, or on milliseconds', () => {
  const budgets = [
    { peer: 'PyTorch', most: 1 / 4 },
    { peer: 'plain C', most: 2 },
    { most: 20 },
    { peer: 'absent', most: 1 },
  ];
  const timings = result(
    timing('losslab', 10),
    timing('PyTorch 2, 2 threads', 30),
    timing('plain C', 5),
    timing('x', 1),
  );
  const lines = markdown([toy({ budgets })], { toy: timings }).split('\n');
  expect(lines.slice(2, 6)).toEqual([
    '| `toy` | 10.0 | PyTorch 2, 2 threads | 30.0 | 0.33 | ≤ 0.25 | no |',
    '| `toy` | 10.0 | plain C | 5.00 | 2.00 | ≤ 2.00 | yes |',
    '| `toy` | 10.0 |  |  |  | ≤ 20.0 ms | yes |',
    '| `toy` | 10.0 | x | 1.00 | 10.00 |  |  |',
  ]);
  expect(lines).toContain('`toy`: not run: stock tfjs wasm (no such kernel).');
});

test('a floor is the slowest of arithmetic, memory and rows at the rates of the machine', () => {
  // One thread passes in 10 ms, two in 16 (each does a whole pass): 2 · pass / 16 ms.
  const probes = Object.keys(PASS).flatMap((probe) => [
    timing(`${probe}, 1 thread`, 10),
    timing(`${probe}, 2 threads`, 16),
  ]);
  const machine = result(...probes);
  expect(ratesOf(machine)).toEqual({
    operations: PASS.fma128 / 8,
    wideOperations: PASS.fma / 8,
    bytes: PASS.read / 8,
    rowBytes: PASS.rows / 8,
  });
  const floor = { operations: PASS.fma128, bytes: 2 * PASS.read, rowBytes: PASS.rows, counted: 'so much' };
  const text = markdown([toy({ floor })], { machine, toy: result(timing('losslab', 40)) });
  expect(text).toContain('| `toy` | so much | 16.0 (memory) | 40.0 | 2.5 |');
});
