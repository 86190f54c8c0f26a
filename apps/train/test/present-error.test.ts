import { LosslabError } from '@losslab/core';
import { expect, test } from 'vitest';
import { presentError } from '../src/cli/present-error.ts';

const flags = ['--loss', '--optimizer', '--learning-rate', '--batch-size', '--set', '--data', '--at'];
const shown = (error: unknown) => presentError(error, flags);
const error = (code: ConstructorParameters<typeof LosslabError>[0], message: string, where?: string) =>
  new LosslabError(code, message, where === undefined ? {} : { where });

test.each([
  [error('bad-option', '[loss bsl] tau1: must be > 0, got 0', 'tau1'), '--loss bsl: tau1: must be > 0, got 0', 2],
  [
    error('bad-option', '[optimizer adam] learningRate: must be > 0, got 0', 'learningRate'),
    '--learning-rate: must be > 0, got 0',
    2,
  ],
  [error('bad-option', '[sampler uniform] x: must be 1, got 0', 'x'), 'sampler uniform: x: must be 1, got 0', 2],
  [error('bad-option', '[run] batchSize: must be >= 1, got 0', 'batchSize'), '--batch-size: must be >= 1, got 0', 2],
  [
    error('bad-option', '[run] schedule.factor: must be < 1, got 2', 'schedule.factor'),
    '--set schedule.factor: must be < 1, got 2',
    2,
  ],
  [
    error('unknown-name', '[data] expected a known data set, got "x"', 'data set'),
    '--data: expected a known data set, got "x"',
    2,
  ],
  [error('bad-option', '[metrics] expected k in [1, 9], got 10', 'k'), '--at: expected k in [1, 9], got 10', 2],
  [error('bad-run', '[losslab] expected a run, got none', '--run x'), '--run x: expected a run, got none', 1],
  [
    error('bad-data', '[data] f.csv:3:4: expected a number,\n  got "x"', 'f.csv:3:4'),
    'f.csv:3:4: expected a number, got "x"',
    1,
  ],
  [error('interrupted', '[data] expected to fetch x to its end'), 'expected to fetch x to its end', 130],
  [
    Object.assign(new Error('[kernels] expected the module, got nothing; build it'), { code: 'engine' }),
    'expected the module, got nothing; build it',
    1,
  ],
  [
    new TypeError('x is not a function\n    at y'),
    'unexpected: x is not a function at y (LOSSLAB_DEBUG=1 shows where)',
    1,
  ],
  ['thrown', 'unexpected: thrown (LOSSLAB_DEBUG=1 shows where)', 1],
])('%s', (thrown, line, exitCode) => {
  expect(shown(thrown)).toEqual({ line, exitCode });
});
