import { dataFacts, hasInteraction, type Interactions, itemsOf } from '@losslab/core';
import { describe, expect, test } from 'vitest';
import { generate } from '../src/index.ts';
import { recallAt20, trainMf } from './toy-models.ts';

const { dataset, truth } = generate();
const { train, valid, test: held } = dataset;
const size = (data: Interactions) => data.indices.length;

function pairsOf(data: Interactions): [number, number][] {
  return Array.from({ length: data.userCount }, (_, u) =>
    Array.from(itemsOf(data, u), (i): [number, number] => [u, i]),
  ).flat();
}

describe('the default data set', () => {
  test('has the size of MovieLens 100K', () => {
    expect([train.userCount, train.itemCount]).toEqual([1000, 1700]);
    expect(size(train) + size(valid!) + size(held)).toBeGreaterThan(75_000);
    expect(size(train) + size(valid!) + size(held)).toBeLessThan(85_000);
  });

  test('can be learned: matrix factorization clearly beats popularity, and the truth beats both', () => {
    const { itemDegrees } = dataFacts(train);
    const popular = recallAt20(train, held, (_, item) => itemDegrees[item]!);
    const learned = recallAt20(train, held, trainMf(train));
    expect(popular).toBeGreaterThan(0.1);
    expect(learned).toBeGreaterThan(1.5 * popular);
    expect(recallAt20(train, held, truth.preference)).toBeGreaterThan(learned);
  });
});

describe('the truth', () => {
  test('accounts for every pair', () => {
    for (const [u, i] of pairsOf(held)) expect(hasInteraction(truth.liked, u, i)).toBe(true);
    const noise = [...pairsOf(train), ...pairsOf(valid!)].filter(([u, i]) => !hasInteraction(truth.liked, u, i));
    expect(noise.length).toBe(size(truth.falsePositives));
    for (const [u, i] of noise) expect(hasInteraction(truth.falsePositives, u, i)).toBe(true);
    const unseen = pairsOf(truth.liked).filter(
      ([u, i]) => ![train, valid!, held].some((part) => hasInteraction(part, u, i)),
    );
    expect(unseen).toEqual(pairsOf(truth.falseNegatives));
    expect(truth.heldOut).toBe(held);
  });

  test('has the rates that were asked for', () => {
    const { falsePositiveRate, falseNegativeRate, testShare } = truth.options;
    const training = size(train) + size(valid!);
    expect(size(truth.falsePositives) / training).toBeCloseTo(falsePositiveRate, 2);
    expect(size(truth.falseNegatives) / size(truth.liked)).toBeCloseTo(falseNegativeRate, 2);
    expect(size(held) / (size(truth.liked) - size(truth.falseNegatives))).toBeCloseTo(testShare, 2);
  });

  test('is that users like the items of highest preference', () => {
    for (const u of [0, 17, 999]) {
      const isLiked = (item: number) => hasInteraction(truth.liked, u, item);
      const all = Array.from({ length: train.itemCount }, (_, item) => item);
      const least = Math.min(...all.filter(isLiked).map((item) => truth.preference(u, item)));
      const most = Math.max(...all.filter((item) => !isLiked(item)).map((item) => truth.preference(u, item)));
      expect(least).toBeGreaterThanOrEqual(most);
    }
  });

  test('has tastes of variance 1', () => {
    const { factors } = truth;
    let sum = 0;
    for (let u = 0; u < 1000; u++)
      for (let i = 0; i < 1700; i += 7) sum += (truth.preference(u, i) - factors.itemBias[i]!) ** 2;
    expect(sum / 243_000).toBeGreaterThan(0.8);
    expect(sum / 243_000).toBeLessThan(1.25);
  });
});

describe('options', () => {
  const small = { users: 40, items: 60, interactionsPerUser: 12 };

  test('the same give the same, another seed another', () => {
    expect(generate(small).dataset).toEqual(generate(small).dataset);
    expect(generate({ ...small, seed: 2 }).dataset.checksum).not.toBe(generate(small).dataset.checksum);
  });

  test('skew makes few items popular', () => {
    const shareOfTop = (popularitySkew: number) => {
      const degrees = dataFacts(generate({ users: 300, items: 200, popularitySkew }).dataset.train).itemDegrees.sort();
      return degrees.slice(-20).reduce((a, b) => a + b) / degrees.reduce((a, b) => a + b);
    };
    expect(shareOfTop(1.2)).toBeGreaterThan(1.3 * shareOfTop(0));
  });

  test.each([
    [{ falsePositiveRate: 0, falseNegativeRate: 0 }],
    [{ falsePositiveRate: 0.9, falseNegativeRate: 0.9 }],
    [{ users: 2, items: 6, interactionsPerUser: 1 }],
    [{ items: 5, interactionsPerUser: 100 }],
    [{ dimension: 1, popularitySkew: 3, testShare: 0.9 }],
  ])('at their limits: %j', (options) => {
    const { dataset: made, truth: known } = generate({ ...small, ...options }, { protocol: 'paper', seed: 1 });
    const liked = size(known.liked) - size(known.falseNegatives);
    expect(size(made.train) + size(made.test)).toBe(liked + size(known.falsePositives));
  });

  test('out of range or unknown are told', () => {
    expect(() => generate({ falsePositiveRate: 1 })).toThrow(/^\[data generate\] falsePositiveRate: .*got 1$/);
    expect(() => generate({ skew: 1 } as never)).toThrow(/got "skew"/);
  });
});
