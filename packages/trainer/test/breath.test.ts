import { finish, trainParts } from '@losslab/trainer';
import { expect, test } from 'vitest';
import { toyParts, toySampler, twoTastes } from './toy.ts';

test('other work of the process has its turn where every epoch is shorter than a breath', async () => {
  const data = twoTastes(8);
  const toy = toyParts(data, 1);
  const abort = new AbortController();
  const epochs = 2000;
  const parts = {
    ...toy,
    sampler: toySampler(data, { seed: 1 }),
    config: { ...toy.config, epochs, patience: epochs },
    signal: abort.signal,
  };
  const { stoppedBy } = await finish(trainParts(parts), (event) => {
    // Later than the first epochs, which take longer.
    if (event.kind === 'epoch' && event.record.epoch === 500) setTimeout(() => abort.abort(), 1);
  });
  expect(stoppedBy).toBe('interrupt');
});
