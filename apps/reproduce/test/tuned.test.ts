import { expect, test } from 'vitest';
import { bsl, type Tuned, withTuned } from '../src/index.ts';
import { tuningSection } from '../src/report/tuning-section.ts';

const tuned: Tuned = {
  format: 'losslab-tuned/1',
  command: 'reproduce bsl --tune --data ml-100k',
  date: '2026-11-28',
  budget: 'quick',
  metric: 'recall@20',
  best: [
    {
      dataset: 'ml-100k',
      method: 'bpr',
      trials: 12,
      validation: 0.3168,
      bestEpoch: 12,
      epochs: 17,
      choice: { 'optimizer.learningRate': 5e-3, 'model.l2': 0.125 },
    },
  ],
};
const bpr = bsl.experiments[0]!.methods.find(({ id }) => id === 'bpr')!;
const textOf = (sections: readonly object[]): string => JSON.stringify(sections);

test('what trials found takes the place of settings, where they were run', () => {
  const { quick, smoke } = withTuned(bpr, tuned).settings['ml-100k']!;
  expect(quick).toMatchObject({ optimizer: { learningRate: 5e-3 }, model: { l2: 0.125, name: 'mf' } });
  expect(quick!.reason).toBe('the best of 12 trials on the validation part (recall@20 0.3168 there)');
  expect(smoke).toEqual(bpr.settings['ml-100k']!.smoke);
  expect(withTuned(bpr, tuned).settings.gowalla).toEqual(bpr.settings.gowalla);
  expect(withTuned({ ...bpr, id: 'other' }, tuned).settings).toEqual(bpr.settings);
});

test('a report says what was searched, and what was not', () => {
  const run = { methods: new Set(['bpr', 'lgn-bpr']), datasets: new Set(['ml-100k', 'gowalla']), budget: 'quick' };
  const text = textOf(tuningSection({ tuning: bsl.tuning, tuned: [tuned] }, run));
  expect(text).toContain('reproduce bsl --tune --data ml-100k, 2026-11-28');
  expect(text).toContain('Not searched: lgn-bpr.');
  expect(text).toContain('No search is kept for gowalla: no method was tuned there');
  expect(text).toContain('12 of 17');
});

test('a report of untuned data says so, and nothing of grids', () => {
  const run = { methods: new Set(['bpr']), datasets: new Set(['gowalla']), budget: 'quick' };
  for (const sections of [
    tuningSection({ tuning: bsl.tuning, tuned: [tuned] }, run),
    tuningSection({ tuning: bsl.tuning }, run),
  ]) {
    expect(textOf(sections)).toContain('No search is kept for gowalla');
    expect(textOf(sections)).not.toContain('trials a method');
  }
  const full = { ...run, datasets: new Set(['ml-100k']), budget: 'full' };
  expect(textOf(tuningSection({ tuning: bsl.tuning, tuned: [tuned] }, full))).toContain(
    'No search is kept for ml-100k',
  );
});
