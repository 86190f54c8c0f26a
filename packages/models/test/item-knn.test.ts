import { dataFacts, type FittedModel, hasInteraction } from '@losslab/core';
import { itemKnn } from '@losslab/models';
import { rankerScores, smallInteractions, testModel } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { dense } from './dense.ts';

testModel(itemKnn, {
  options: { k: 6 },
  refuses: [
    [{ k: 0 }, 'k: must be a whole number >= 1, got 0'],
    [{ k: 1.5 }, 'k: must be a whole number >= 1, got 1.5'],
  ],
});

const train = smallInteractions();
const x = dense(train);
const items = Array.from({ length: train.itemCount }, (_, i) => i);
const column = (i: number): number[] => x.map((row) => row[i]!);
const product = (a: number[], b: number[]): number => a.reduce((sum, value, u) => sum + value * b[u]!, 0);

function cosine(i: number, j: number): number {
  const norms = Math.sqrt(product(column(i), column(i)) * product(column(j), column(j)));
  return norms === 0 ? 0 : product(column(i), column(j)) / norms;
}

/** The k nearest by full sorting, of equal cosines the lower numbers. */
function nearest(i: number, k: number): number[] {
  const others = items.filter((j) => j !== i && cosine(i, j) > 0);
  return others.sort((a, b) => cosine(i, b) - cosine(i, a) || a - b).slice(0, k);
}

async function fitted(k: number): Promise<FittedModel> {
  const model = itemKnn.create({ k }, { facts: dataFacts(train), train, seed: 1 }) as FittedModel;
  await model.fit(train);
  return model;
}

test.each([1, 3, 19, 1000])('with k = %d scores are sums of cosines over the neighbours a user has', async (k) => {
  const ranker = (await fitted(k)).ranker();
  for (let user = 0; user < train.userCount; user++) {
    const expected = items.map((i) =>
      nearest(i, k).reduce((sum, j) => sum + (hasInteraction(train, user, j) ? cosine(i, j) : 0), 0),
    );
    const found = rankerScores(ranker, user);
    for (const i of items) expect(found[i]).toBeCloseTo(expected[i]!, 5);
  }
});

test('refuses the neighbours of another catalogue', async () => {
  const model = await fitted(3);
  const { weights } = model.arrays();
  expect(() => model.load({ weights: weights! })).toThrow(
    '[models] expected neighbours [20,3], got arrays named weights; load what was saved from the same data and options',
  );
});
