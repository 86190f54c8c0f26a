import { dataFacts, type FittedModel, interactionsFromTable } from '@losslab/core';
import { itemPop } from '@losslab/models';
import { rankerScores, testModel } from '@losslab/testkit';
import { expect, test } from 'vitest';

testModel(itemPop, { personalised: false });

test('counts the users of each item, and recommends the same to everyone', async () => {
  const train = interactionsFromTable({
    userCount: 3,
    itemCount: 4,
    users: Int32Array.of(0, 0, 1, 2, 2),
    items: Int32Array.of(1, 3, 1, 1, 0),
  });
  const model = itemPop.create({}, { facts: dataFacts(train), train, seed: 1 }) as FittedModel;
  await model.fit(train);
  for (const user of [0, 1, 2]) expect([...rankerScores(model.ranker(), user)]).toEqual([1, 3, 0, 1]);
});

test('refuses the popularity of another catalogue', () => {
  const train = interactionsFromTable({ userCount: 1, itemCount: 2, users: Int32Array.of(0), items: Int32Array.of(0) });
  const model = itemPop.create({}, { facts: dataFacts(train), train, seed: 1 }) as FittedModel;
  expect(() => model.load({ popularity: { shape: [3], data: new Float32Array(3) } })).toThrow(
    '[models] expected popularity of 2 items, got 3 numbers; load what was saved from the same data',
  );
});
