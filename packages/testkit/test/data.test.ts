import { hasInteraction, itemsOf } from '@losslab/core';
import { checkerboard, smallInteractions, toyDataset, unseenItems } from '@losslab/testkit';
import { expect, test } from 'vitest';

test('the checkerboard’s first rows', () => {
  const { train, withheld } = checkerboard(6);
  expect([...itemsOf(train, 0)]).toEqual([2, 4]);
  expect([...itemsOf(train, 1)]).toEqual([3, 5]);
  expect([...itemsOf(train, 2)]).toEqual([0, 4]);
  expect([...withheld]).toEqual([0, 1, 2, 3, 4, 5]);
});

test('small interactions have an idle user, an untouched item, and a sated user where asked', () => {
  const data = smallInteractions();
  expect(itemsOf(data, 11)).toHaveLength(0);
  expect(data.indices.includes(19)).toBe(false);
  expect(unseenItems(data, 0)).toHaveLength(20 - itemsOf(data, 0).length);
  const sated = smallInteractions({ everything: true });
  expect(itemsOf(sated, 1)).toHaveLength(20);
});

test('the toy data set’s parts do not overlap, and labels say who likes what', () => {
  const { train, valid, test: held, labelled } = toyDataset();
  for (let user = 0; user < train.userCount; user++) {
    for (const item of itemsOf(held, user)) {
      expect(hasInteraction(train, user, item) || hasInteraction(valid!, user, item)).toBe(false);
    }
  }
  const { users, items, labels } = labelled!.train;
  expect(labels.every((label, k) => label === Number((users[k]! + items[k]!) % 2 === 0))).toBe(true);
  expect(train.indices.length).toBe(labels.filter((label) => label === 1).length);
});
