import type { Batch, Sampler } from '@losslab/core';
import { kernels } from '@losslab/kernels';
import { afterAll, describe, expect, test } from 'vitest';
import { aheadOf, batchStream, createSampler } from '../src/index.ts';
import { allocated, contextOf, epochOf, fromLists, plain, small } from './helpers.ts';

const labelled = {
  users: Int32Array.of(0, 1, 3, 4, 5),
  items: Int32Array.of(0, 1, 0, 2, 6),
  labels: Float32Array.of(1, 0, 1, 0, 1),
};
const every = ['uniform', 'popularity', 'in-batch', 'labelled', 'unlabelled'].flatMap((name) =>
  (name === 'labelled' ? [0] : [0, 1, 3]).map((positives) => ({ name, positives })),
);
const make = ({ name, positives }: { name: string; positives: number }): Sampler =>
  createSampler({ name }, contextOf(small, { positives, labelled, batchSize: 2 }));

test.each(every)('batches made ahead are those proposed: $name, M = $positives', (which) => {
  const sampler = make(which);
  const expected = epochOf(make(which), 2).map(plain);
  expect([...aheadOf(sampler, 2)].length).toBe(sampler.steps);
  expect(Array.from(aheadOf(sampler, 2), plain)).toEqual(expected);
  expect(Array.from(aheadOf(sampler, 2, { firstStep: 1 }), plain)).toEqual(expected.slice(1));
});

test.each(every)('steps and epochs allocate nothing that grows: $name, M = $positives', (which) => {
  const before = allocated();
  const sampler = make(which);
  let [most, inFirst] = [0, 0];
  for (let epoch = 1; epoch <= 5; epoch++) {
    for (const batch of aheadOf(sampler, epoch)) {
      expect([batch.users].every((view) => kernels().memory.owns(view))).toBe(true);
      most = Math.max(most, allocated());
    }
    inFirst ||= most;
  }
  expect(most).toBe(inFirst);
  sampler.dispose?.();
  expect(allocated()).toBe(before);
});

const wide = fromLists(
  4000,
  Array.from({ length: 300 }, (_, user) => Array.from({ length: 1 + (user % 30) }, (_, n) => n * 11 + user)),
);
const laws = [
  ['uniform', {}],
  ['uniform', { exclude: 'nobody' }],
  ['uniform', { noiseOdds: 20 }],
  ['uniform', { distinct: true }],
  ['uniform', { furtherPositives: 'distinct' }],
  ['popularity', {}],
] as const;
const wideSampler = (name: string, options: object) =>
  createSampler({ name, options: { ...options } }, contextOf(wide, { batchSize: 400, positives: 3, negatives: 150 }));

afterAll(() => {
  kernels().engine.threads = 1;
});

describe.each([1, 2, 4])('batches wide enough for the background, %i threads', (threads) => {
  test.each(laws)('%s %j: the batches that are proposed', async (name, options) => {
    kernels().engine.threads = threads;
    await kernels().engine.ready();
    const sampler = wideSampler(name, options);
    const { mark } = kernels().background;
    expect(Array.from(aheadOf(sampler, 2), plain)).toEqual(epochOf(wideSampler(name, options), 2).map(plain));
    expect(kernels().background.mark).toBeGreaterThan(mark);
    sampler.dispose?.();
  });

  test('a run that ends in mid-epoch waits for what is being written, and frees it', () => {
    kernels().engine.threads = threads;
    const begin = () => {
      const sampler = wideSampler('uniform', {});
      for (const batch of aheadOf(sampler, 1)) if (batch.step === 4) break;
      sampler.dispose?.();
    };
    begin(); // the threads' working memory stays
    const before = allocated();
    begin();
    expect(allocated()).toBe(before);
  });

  test('a sampler proposes right batches beside a stream of its own', () => {
    kernels().engine.threads = threads;
    const sampler = wideSampler('uniform', { noiseOdds: 20 });
    const expected = epochOf(wideSampler('uniform', { noiseOdds: 20 }), 1).map(plain);
    for (const batch of aheadOf(sampler, 1)) {
      expect(plain(sampler.propose(1, 0))).toEqual(expected[0]);
      expect(plain(batch)).toEqual(expected[batch.step]);
    }
    sampler.dispose?.();
  });
});

test('the next batch is proposed before the current one is handed out', () => {
  const proposed: number[] = [];
  const sampler = make({ name: 'uniform', positives: 1 });
  const noted: Sampler = {
    ...sampler,
    propose(epoch, step, into) {
      proposed.push(step);
      return sampler.propose(epoch, step, into);
    },
  };
  const batches = aheadOf(noted, 1);
  expect(batches.next().value).toMatchObject({ step: 0 });
  expect(proposed).toEqual([0, 1]);
  expect(batches.next().value).toMatchObject({ step: 1 });
  expect(proposed).toEqual([0, 1, 2]);
  batches.return();
});

test('a stream that begins with the short last batch goes on with longer ones', () => {
  const before = allocated();
  const sampler = createSampler({ name: 'uniform' }, contextOf(small));
  const stream = batchStream(sampler, 1, () => new Float32Array(0));
  const expected = epochOf(sampler, 1).map(plain);
  for (const step of [3, 0, 1, 2, 3, 1, 0]) expect(plain(stream.batch(step))).toEqual(expected[step]);
  expect(() => stream.batch(4)).toThrow('[samplers] expected a step in [0, 4), got 4');
  stream.dispose();
  sampler.dispose?.();
  expect(allocated()).toBe(before);
});

test('a stream refines each batch when it is asked for', () => {
  const sampler = make({ name: 'uniform', positives: 1 });
  let round = 0;
  const refine = (batch: Batch, score: (users: Int32Array, items: never) => Float32Array): Batch => ({
    ...batch,
    epoch: score(batch.users, undefined as never)[0]!,
  });
  const stream = batchStream({ ...sampler, refine } as Sampler, 1, () => Float32Array.of(++round * 100));
  expect([0, 1, 2].map((step) => stream.batch(step).epoch)).toEqual([100, 200, 300]);
  stream.dispose();
});

test('samplers of others, which know no `into`, are copied into the slots', () => {
  const before = allocated();
  const sampler = make({ name: 'uniform', positives: 1 });
  const plainOne: Sampler = {
    name: 'plain',
    steps: sampler.steps,
    excludes: 'seen',
    propose: (epoch, step) => sampler.propose(epoch, step),
  };
  expect(Array.from(aheadOf(plainOne, 1), plain)).toEqual(epochOf(sampler, 1).map(plain));
  sampler.dispose?.();
  expect(allocated()).toBe(before);
});
