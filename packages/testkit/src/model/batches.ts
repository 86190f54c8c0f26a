import { type Batch, type Interactions, idMatrix, itemsOf, negativeIds } from '@losslab/core';
import { Random } from '@losslab/kernels';
import { makeBatch } from '../loss/fixture.ts';

/** A batch in which users and items come several times, in rows, columns and labelled pairs. */
export function repetitiveBatch(train: Interactions, negatives: 'drawn' | 'in-batch' = 'drawn'): Batch {
  const shape = { rows: 5, positives: 2, negatives: negatives === 'drawn' ? 3 : negatives, labelled: 4 } as const;
  const batch = makeBatch(shape, new Random({ seed: 21 }), train);
  const { users, positives, negatives: ids, labelled } = batch;
  users[1] = users[0]!;
  positives.data.copyWithin(2, 0, 2); // rows 0 and 1: the same user, the same items
  if (ids !== 'in-batch') ids.data.set([ids.data[3]!, ids.data[3]!], 4); // three times one item in row 1
  labelled!.users[0] = users[0]!;
  labelled!.items[1] = positives.data[0]!;
  return batch;
}

/** Every item as a positive of every user, no negatives. */
export function everyPair(userCount: number, itemCount: number): Batch {
  return {
    epoch: 0,
    step: 0,
    users: Int32Array.from({ length: userCount }, (_, u) => u),
    positives: idMatrix(
      Int32Array.from({ length: userCount * itemCount }, (_, k) => k % itemCount),
      itemCount,
    ),
    negatives: idMatrix(new Int32Array(0), 0, userCount),
  };
}

/** Every training pair with one negative, drawn from what its user did not touch. */
export function pairwiseBatch(train: Interactions, epoch: number): Batch {
  const random = new Random({ seed: 31, epoch });
  const users: number[] = [];
  const negatives: number[] = [];
  for (let u = 0; u < train.userCount; u++) {
    const seen = new Set(itemsOf(train, u));
    for (let k = 0; k < seen.size; k++) {
      users.push(u);
      negatives.push(drawOutside(seen, train.itemCount, random));
    }
  }
  const column = (ids: Int32Array): Batch['positives'] => idMatrix(ids, 1);
  const positives = column(train.indices.slice());
  return { epoch, step: 0, users: Int32Array.from(users), positives, negatives: column(Int32Array.from(negatives)) };
}

function drawOutside(seen: ReadonlySet<number>, count: number, random: Random): number {
  for (;;) {
    const item = random.int(count);
    if (!seen.has(item)) return item;
  }
}

/** The batch's pairs, a user and an item each, in the order of its scores: positives, negatives, labelled. */
export function pairsOfBatch(
  batch: Batch,
): Record<'positive' | 'negative' | 'labelled', (readonly [number, number])[]> {
  const pairs = ({ data, columns }: { data: Int32Array; columns: number }): (readonly [number, number])[] =>
    Array.from(data, (item, k) => [batch.users[Math.floor(k / columns)]!, item]);
  const { users, items } = batch.labelled ?? { users: new Int32Array(0), items: new Int32Array(0) };
  return {
    positive: pairs(batch.positives),
    negative: pairs(negativeIds(batch)),
    labelled: Array.from(users, (user, k) => [user, items[k]!]),
  };
}
