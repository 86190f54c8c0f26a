import { parseOptions } from '@losslab/core';
import { dropRate, ns, tCe } from '@losslab/loss-inverse';
import { lossCase, lossFacts, lossGradient, lossValue, testLoss } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { labelOf, logLoss, mean } from './naive.ts';

/** The positives' losses sorted by hand: the largest go until ⌊(1 − d)·L⌋ pairs are left. */
function truncated(labelled: readonly number[], share: number): number {
  const pairs = labelled.map((x, row) => ({ y: labelOf(row), loss: logLoss(x, labelOf(row)) }));
  const positives = pairs.filter(({ y }) => y === 1).sort((a, b) => b.loss - a.loss);
  const gone = Math.min(positives.length, labelled.length - Math.floor((1 - share) * labelled.length));
  const left = pairs.filter((pair) => !positives.slice(0, gone).includes(pair));
  return mean(left.map(({ loss }) => loss));
}

testLoss(tCe, {
  engines: ['simd', 'cpu'],
  options: { dropRate: 0.3, numGradual: 0 },
  refuses: [
    [{ dropRate: 1 }, 'dropRate: must be in [0, 1) (DenoisingRec, T-CE), got 1'],
    [{ numGradual: -1 }, 'numGradual: must be >= 0 (DenoisingRec, T-CE), got -1'],
    [{ exponent: 0 }, 'exponent: must be > 0 (DenoisingRec, T-CE), got 0'],
  ],
  naive: ({ labelled, negative }) => truncated(labelled, 0.3) + mean(negative.flat().map((x) => logLoss(x, 0))),
});

const make = (options: object) => tCe.create(parseOptions(tCe.options, options, 'loss t-ce'), lossFacts);

test('the positive with the largest loss goes, and has no gradient', () => {
  const labelled = [0.5, -3, -2, 1, 4, 0.1]; // labels 0, 1, 0, 1, 0, 1: the loss of −3 is the positives' largest
  const example = lossCase({ rows: 0, positives: 0, negatives: 0, labelled: 6 }, [], [], labelled);
  const loss = make({ dropRate: 0.2, numGradual: 0 }); // ⌊0.8 · 6⌋ = 4 pairs stay
  const stay = [labelled[0]!, labelled[2]!, labelled[4]!].map((x) => logLoss(x, 0)).concat(logLoss(1, 1));
  expect(lossValue(loss, example)).toBeCloseTo(mean(stay), 5);
  const gradient = lossGradient(loss, example).get('labelled')!;
  expect([...gradient].map((g) => g === 0)).toEqual([false, true, false, false, false, true]);
});

test('negatives stay where the share is more than the positives', () => {
  const labelled = [0.5, -3, 2, 1];
  const example = lossCase({ rows: 0, positives: 0, negatives: 0, labelled: 4 }, [], [], labelled);
  expect(lossValue(make({ dropRate: 0.9, numGradual: 0 }), example)).toBeCloseTo(
    mean([0.5, 2].map((x) => logLoss(x, 0))),
    5,
  );
});

test('the share grows linearly to dropRate^exponent, and is dropRate from numGradual on', () => {
  const options = { dropRate: 0.2, numGradual: 100, exponent: 2 };
  expect([0, 50, 99, 100, 1000].map((t) => dropRate(t, options))).toEqual([
    0,
    expect.closeTo(0.02, 12),
    expect.closeTo(0.0396, 12),
    0.2,
    0.2,
  ]);
});

test('steps count on over epochs: nothing goes at first, the share at the end', () => {
  const labelled = [0.5, -3, -2, 1, 4, 0.1];
  const example = lossCase({ rows: 0, positives: 0, negatives: 0, labelled: 6 }, [], [], labelled);
  const at = (epoch: number, step: number) =>
    lossValue(make({ dropRate: 0.5, numGradual: 40 }), {
      ...example,
      batch: { ...example.batch, epoch, step, steps: 10 },
    });
  expect(at(1, 0)).toBeCloseTo(lossValue(ns.create({}, lossFacts), example), 6);
  expect(at(3, 0)).toBeCloseTo(truncated(labelled, 0.25), 5); // t = 20 of 40
  expect(at(5, 0)).toBeCloseTo(truncated(labelled, 0.5), 5);
});
