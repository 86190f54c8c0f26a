import type { EpochRecord } from '@losslab/core';
import { bestEpoch, bestOfEach, outOfPatience, rateScale, type Schedule, scheduleSchema } from '@losslab/trainer';
import { describe, expect, test } from 'vitest';

/** Epochs 1, 2, ... with these values of r@1; undefined was not evaluated. */
const curve = (...values: (number | undefined)[]): EpochRecord[] =>
  values.map((value, index) => ({
    epoch: index + 1,
    loss: 1,
    learningRate: 1,
    seconds: 1,
    ...(value !== undefined && { valid: { 'r@1': value } }),
  }));

describe('bestEpoch', () => {
  test('is the first of equals', () => {
    expect(bestEpoch(curve(1, 3, 2, 3), 'valid', 'r@1')).toEqual({ epoch: 2, value: 3 });
  });
  test('skips epochs that were not evaluated', () => {
    expect(bestEpoch(curve(undefined, 0, undefined), 'valid', 'r@1')).toEqual({ epoch: 2, value: 0 });
  });
  test('is nothing without an evaluation of that part', () => {
    expect(bestEpoch(curve(1, 2), 'test', 'r@1')).toBeUndefined();
  });
});

describe('outOfPatience', () => {
  const out = (patience: number | null, ...values: (number | undefined)[]) =>
    outOfPatience(curve(...values), 'valid', 'r@1', patience);

  test('counts epochs since the best', () => {
    expect(out(2, 1, 0, 0)).toBe(true);
    expect(out(2, 1, 0)).toBe(false);
    expect(out(2, 1, 0, 2, 0)).toBe(false);
  });
  test('an equal value is no improvement', () => expect(out(2, 1, 1, 1)).toBe(true));
  test('decides at evaluations only', () => {
    expect(out(2, 1, undefined, undefined)).toBe(false);
    expect(out(2, 1, undefined, undefined, 0)).toBe(true);
  });
  test('null never stops', () => expect(out(null, 1, 0, 0, 0, 0)).toBe(false));
  test('nothing evaluated never stops', () => expect(out(1, undefined, undefined)).toBe(false));
});

test('bestOfEach takes each metric at its own best epoch', () => {
  const records = [
    { epoch: 1, loss: 1, learningRate: 1, seconds: 1, test: { a: 1, b: 5 } },
    { epoch: 2, loss: 1, learningRate: 1, seconds: 1 },
    { epoch: 3, loss: 1, learningRate: 1, seconds: 1, test: { a: 2, b: 4 } },
  ];
  expect(bestOfEach(records, 'test')).toEqual({ metrics: { a: 2, b: 5 }, epochs: { a: 3, b: 1 } });
});

describe('rateScale', () => {
  const scales = (schedule: Parameters<typeof scheduleSchema.parse>[0], ...values: (number | undefined)[]) => {
    const parsed: Schedule = scheduleSchema.parse(schedule);
    return values.map((_, epochs) => rateScale(parsed, curve(...values.slice(0, epochs)), 'valid', 'r@1'));
  };

  test('constant', () => expect(scales('constant', 1, 1, 1)).toEqual([1, 1, 1]));
  test('exponential decays after every epoch', () => {
    expect(scales({ name: 'exponential', decay: 0.5 }, 1, 1, 1)).toEqual([1, 0.5, 0.25]);
  });
  test('steps cut when the listed epochs end', () => {
    expect(scales({ name: 'steps', epochs: [1, 3], factor: 0.5 }, 1, 1, 1, 1, 1)).toEqual([1, 0.5, 0.5, 0.25, 0.25]);
  });
  test('plateau halves after `patience` epochs without a better value, and counts anew', () => {
    const plateau = { name: 'plateau', patience: 2 } as const;
    expect(scales(plateau, 5, 4, 4, 4, 4, 4)).toEqual([1, 1, 1, 0.5, 0.5, 0.25]);
    expect(scales(plateau, 5, 4, 6, 4, 4, 4)).toEqual([1, 1, 1, 1, 1, 0.5]);
  });
  test('plateau does not go below its minimum', () => {
    const plateau = { name: 'plateau', patience: 1, factor: 0.1, minimum: 0.05 } as const;
    expect(scales(plateau, 1, 1, 1, 1)).toEqual([1, 1, 0.1, 0.05]);
  });
  test('plateau looks at evaluated epochs', () => {
    const plateau = { name: 'plateau', patience: 2 } as const;
    expect(scales(plateau, 5, undefined, undefined, undefined, 4, 1)).toEqual([1, 1, 1, 1, 1, 0.5]);
  });
});
