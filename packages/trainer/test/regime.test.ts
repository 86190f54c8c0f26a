import { generate } from '@losslab/data';
import { bpr } from '@losslab/loss-classic';
import { prepare, type RunConfig, type RunConfigInput } from '@losslab/trainer';
import { describe, expect, test } from 'vitest';
import { plugins } from './plugins.ts';

const { dataset } = generate({ users: 20, items: 30, interactionsPerUser: 6, seed: 1 });
const own = {
  ...bpr,
  regimes: { own: { batchSize: 50, optimizer: { name: 'sgd' }, sampler: { order: 'sequential' } } },
};
const withOwn = { ...plugins, losses: { ...plugins.losses, bpr: own } };

function resolved(config: RunConfigInput): RunConfig {
  const parts = prepare({ config: { engine: 'simd', loss: 'bpr', at: [5], ...config }, dataset, plugins: withOwn });
  parts.dispose();
  return parts.config as RunConfig;
}

describe('a regime of the loss', () => {
  test('sets what belongs to it, beside what the run sets, and stays in the run’s options', () => {
    const config = resolved({ regime: 'own', sampler: 'popularity', optimizer: { learningRate: 0.5 }, negatives: 2 });
    expect(config).toMatchObject({
      regime: 'own',
      batchSize: 50,
      optimizer: { name: 'sgd', learningRate: 0.5 },
      sampler: { name: 'popularity', order: 'sequential' },
      negatives: 2,
    });
    expect(resolved(config as RunConfigInput)).toEqual(config); // as --resume reads it back
    expect(resolved({})).toMatchObject({ batchSize: 1024, optimizer: { name: 'adam' } });
  });

  test.each<[RunConfigInput, string]>([
    [
      { batchSize: 60 },
      '[trainer] expected batchSize 50, as regime own of bpr has it, got 60; leave it out, or regime',
    ],
    [{ optimizer: 'adam' }, '[trainer] expected optimizer.name "sgd", as regime own of bpr has it, got "adam"'],
    [{ sampler: { order: 'shuffled' } }, 'expected sampler.order "sequential"'],
    [{ loss: 'bce' }, '[trainer] expected a loss that has regimes, got bce; leave regime out'],
    [{ regime: 'owm' }, '[trainer] expected a known regime, got "owm"; did you mean "own"?'],
  ])('refuses %j', (config, message) => {
    expect(() => resolved({ regime: 'own', ...config })).toThrow(message);
  });

  test('is of a loss, which a fitted model does not have', () => {
    const config: RunConfigInput = { model: 'itempop', regime: 'own' };
    expect(() => prepare({ config, dataset, plugins: withOwn })).toThrow(
      'expected a loss that has regimes, got no loss',
    );
  });
});
