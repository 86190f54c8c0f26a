import { type Dataset, interactionsFromTable, type LabelledPairs } from '@losslab/core';

type Part = 'train' | 'valid' | 'test';

/** Items go two by two, a liked and a disliked one: every eighth two are for validation, every eighth for the test. */
function partOf(user: number, item: number): Part {
  const at = (5 * user + 3 * Math.floor(item / 2)) % 8;
  return at === 0 ? 'valid' : at === 1 ? 'test' : 'train';
}

function labelsOf(users: number, items: number, part: Part): LabelledPairs {
  const rows = Array.from({ length: users * items }, (_, k) => [Math.floor(k / items), k % items] as const);
  const mine = rows.filter(([u, i]) => partOf(u, i) === part);
  return {
    users: Int32Array.from(mine, ([u]) => u),
    items: Int32Array.from(mine, ([, i]) => i),
    labels: Float32Array.from(mine, ([u, i]) => Number((u + i) % 2 === 0)),
  };
}

/** Two tastes: a user likes the items of the user's parity, and labelled pairs say so. All parts from one rule. */
export function toyDataset({ users = 24, items = 32 } = {}): Dataset {
  const labelled = {
    train: labelsOf(users, items, 'train'),
    valid: labelsOf(users, items, 'valid'),
    test: labelsOf(users, items, 'test'),
  };
  const interactions = ({ users: u, items: i, labels }: LabelledPairs): Dataset['train'] => {
    const liked = (_: number, k: number): boolean => labels[k] === 1;
    return interactionsFromTable({
      userCount: users,
      itemCount: items,
      users: u.filter(liked),
      items: i.filter(liked),
    });
  };
  const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, k) => `${prefix}${k}`);
  return {
    name: 'toy',
    train: interactions(labelled.train),
    valid: interactions(labelled.valid),
    test: interactions(labelled.test),
    labelled,
    ids: { users: names('u', users), items: names('i', items) },
    checksum: `toy-${users}-${items}`,
    provenance: ['Made by @losslab/testkit: users like the items of their parity.'],
  };
}
