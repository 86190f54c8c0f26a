import type { Loss } from '@losslab/core';
import { ensure, ensureClose, ensureFinite, ensureSame } from '../assert.ts';
import type { Check } from '../check.ts';
import { threadsCheck } from '../threads.ts';
import { type LossSubject, shapesOf } from './contract.ts';
import { ensureFewKinks, largestMagnitude, naiveSlopes } from './differences.ts';
import { lossGradient, lossValue } from './evaluate.ts';
import { type BatchShape, cosines, type LossCase, makeCase, products } from './fixture.ts';
import { arraysOf, toNaive } from './scores.ts';

/** Cases of every shape that the loss can use, with scores like cosines and like inner products. */
export function casesOf({ contract, train }: LossSubject, loss: Loss): LossCase[] {
  const draws = contract.draw ? [contract.draw] : [cosines, products];
  return draws.flatMap((draw, d) =>
    shapesOf(loss, contract).map((shape, s) => makeCase(loss, shape, draw, 100 * d + s, train)),
  );
}

export function shown({ rows, positives, negatives, labelled }: BatchShape): string {
  return `[B ${rows}, M ${positives}, N ${negatives}, L ${labelled}]`;
}

function scaleOf({ scores }: LossCase): number {
  return Math.max(1, largestMagnitude(arraysOf(scores).values()));
}

export function valueChecks(subject: LossSubject): Check[] {
  const { contract, make } = subject;
  const { value = 1e-5, gradient = 1e-4 } = contract.tolerance ?? {};
  return [
    {
      name: 'computes the naive float64 value',
      run() {
        const loss = make();
        for (const example of casesOf(subject, loss)) {
          const expected = contract.naive(toNaive(example.scores, example.shape), example.batch);
          const allowed = { relative: value, absolute: value * scaleOf(example) };
          ensureFinite('the naive value', [expected]);
          ensureClose(`the value at ${shown(example.shape)}`, [lossValue(loss, example)], [expected], allowed);
        }
      },
    },
    {
      name: 'has the gradient that it means to have',
      run() {
        const loss = make();
        for (const example of casesOf(subject, loss)) ensureGradient(loss, subject, example, gradient);
      },
    },
    {
      name: 'is a function: the same bits twice, its batch and scores left as they were',
      run() {
        for (const example of casesOf(subject, make())) {
          const before = structuredClone(example.batch);
          const loss = make();
          const values = [lossValue(loss, example), lossValue(loss, example), lossValue(make(), example)];
          ensureSame('values of one batch', values, [values[0]!, values[0]!, values[0]!]);
          const [first, second] = [lossGradient(loss, example), lossGradient(make(), example)];
          for (const [path, found] of first) ensureSame(`∂/∂${path}`, second.get(path)!, found);
          ensure(JSON.stringify(before) === JSON.stringify(example.batch), 'the batch as it was', () => 'another');
        }
      },
    },
    threadsCheck(() =>
      casesOf(subject, make()).flatMap((example) => {
        const gradients = [...lossGradient(make(), example).values()];
        return [lossValue(make(), example), ...gradients.flatMap((gradient) => [...gradient])];
      }),
    ),
  ];
}

function ensureGradient(loss: Loss, { contract }: LossSubject, example: LossCase, tolerance: number): void {
  const found = lossGradient(loss, example);
  const { slopes, kinks } = naiveSlopes(contract.naive, example);
  const meant = loss.gradient === 'exact' ? slopes : arraysOf(loss.gradient(example.scores, example.batch));
  if (loss.gradient === 'exact') ensureFewKinks(kinks);
  const allowed = { relative: tolerance, absolute: tolerance * largestMagnitude(meant.values()) + 1e-8 };
  for (const [path, gradient] of found) {
    const expected = meant.get(path);
    ensure(expected !== undefined, `an oracle with ${path}`, () => `one with ${[...meant.keys()]}`);
    const skipped = loss.gradient === 'exact' ? kinks.get(path)! : new Uint8Array(gradient.length);
    const away = (_: number, k: number): boolean => skipped[k] === 0;
    const what = `∂/∂${path} at ${shown(example.shape)}, away from kinks:`;
    ensureClose(what, [...gradient].filter(away), [...expected!].filter(away), allowed);
  }
}
