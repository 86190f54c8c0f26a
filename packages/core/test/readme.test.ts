import { dataFacts, interactionsFromTable, itemsOf } from '@losslab/core';
import { expect, test } from 'vitest';

test('the README’s example', () => {
  const train = interactionsFromTable({
    userCount: 2,
    itemCount: 3,
    users: Int32Array.of(0, 0, 1),
    items: Int32Array.of(2, 0, 1),
  });
  expect([...itemsOf(train, 0)]).toEqual([0, 2]);
  expect([...dataFacts(train).itemDegrees]).toEqual([1, 1, 1]);
});
