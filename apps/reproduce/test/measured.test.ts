import { expect, test } from 'vitest';
import type { Cell, Experiment } from '../src/index.ts';
import { measuredOf } from '../src/report/measured.ts';
import { resultOf } from './results.ts';

const at = { dataset: 'd', method: 'a', point: [], protocol: 'clean', seed: 1, config: {} as Cell['config'] } as const;
const limits = { epochs: 5, patience: null, evaluateEvery: 1, minutes: '1' };
const experiment = (full?: object): Pick<Experiment, 'datasets'> => ({
  datasets: [{ name: 'd', limits: { quick: limits, ...(full && { full: { ...limits, ...full } }) } }],
});

test.each([
  ['its epochs were used up before its patience', {}, experiment({ epochs: 4 }), true],
  ['the same where the paper has no number of epochs', {}, experiment(), true],
  ['it went as far as the paper', {}, experiment({ epochs: 3 }), false],
  ['its patience ended', { stoppedBy: 'patience' }, experiment({ epochs: 4 }), false],
  ['its number of epochs was fixed', { options: { seed: 1, patience: null } }, experiment({ epochs: 4 }), false],
] as const)('whether a training of three epochs was cut off: %s', (_, overrides, of, isUnfinished) => {
  const outcome = { cell: at, key: 'k', result: resultOf(at, 0.1, overrides) };
  expect(measuredOf([outcome], of)).toMatchObject([{ key: 'k', isUnfinished }]);
});
