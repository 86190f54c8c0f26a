import { Random } from '@losslab/kernels';
import { ensureClose, ensureFinite } from '../assert.ts';
import type { Check } from '../check.ts';
import { type LossSubject, shapesOf } from './contract.ts';
import { lossGradient, lossValue } from './evaluate.ts';
import { type LossCase, makeCase } from './fixture.ts';
import { mapArrays, toNaive } from './scores.ts';

/** Which way scores of size x go: `sign(path, index, random)` is −1, 0 or 1. */
const patterns: Record<string, (path: string, index: number, random: Random) => number> = {
  'all 0': () => 0,
  'all x': () => 1,
  'all −x': () => -1,
  'right by far': (path, k) => (path.includes('positive') ? 1 : path.includes('labelled') && k % 2 === 1 ? 1 : -1),
  'wrong by far': (path, k) => (path.includes('positive') ? -1 : path.includes('labelled') && k % 2 === 1 ? -1 : 1),
  mixed: (_path, _k, random) => random.int(3) - 1,
};

/** Scores of ±1, ±50 and ±1e4: no overflow, no logarithm of 0, no gradient that dies as NaN. */
export function extremeChecks(subject: LossSubject): Check[] {
  const { contract, make } = subject;
  return (contract.extremes ?? [1, 50, 1e4]).map((x) => ({
    name: `is finite at scores of ±${x}, and so is its gradient`,
    run() {
      for (const [name, sign] of Object.entries(patterns)) {
        for (const shape of shapesOf(make(), contract)) {
          const random = new Random({ seed: 5 });
          const example = makeCase(make(), shape, () => 0, 3, subject.train);
          const scores = mapArrays(example.scores, (values, path) => values.map((_, k) => x * sign(path, k, random)));
          ensureFiniteAt(`${name}, x = ${x}`, subject, { ...example, scores }, x);
        }
      }
    },
  }));
}

function ensureFiniteAt(what: string, { contract, make }: LossSubject, example: LossCase, x: number): void {
  const loss = make();
  const value = lossValue(loss, example);
  ensureFinite(`the value of ${what}`, [value]);
  for (const [path, gradient] of lossGradient(loss, example)) ensureFinite(`∂/∂${path} of ${what}`, gradient);
  const expected = contract.naive(toNaive(example.scores, example.shape), example.batch);
  if (Number.isFinite(expected))
    ensureClose(`the value of ${what}`, [value], [expected], { relative: 1e-4, absolute: 1e-5 * x });
}
