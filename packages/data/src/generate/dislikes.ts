import { hasInteraction, type InteractionTable, interactionsFromTable } from '@losslab/core';
import { randomOf, STREAM } from '../random.ts';
import type { RowTable } from '../table/rows.ts';
import type { Observed } from './observe.ts';
import type { ResolvedGenerateOptions } from './options.ts';

/**
 * The observed pairs with label 1, and for each user items of neither likes nor observations with label 0, drawn uniformly; the
 * test part has its share of them.
 */
export function withDislikes(
  { train, test, liked, falsePositives }: Observed,
  options: ResolvedGenerateOptions,
): { train: RowTable; test: RowTable } {
  const { users, items, dislikesPerUser, testShare, seed } = options;
  const [likes, noise] = [interactionsFromTable(liked), interactionsFromTable(falsePositives)];
  const dislikes = Array.from({ length: users }, (_, user) => {
    const all = Int32Array.from({ length: items }, (_, item) => item);
    const free = all.filter((item) => !hasInteraction(likes, user, item) && !hasInteraction(noise, user, item));
    return randomOf(seed, STREAM.dislikes, user).shuffle(free).subarray(0, dislikesPerUser);
  });
  const held = Math.max(1, Math.round(dislikesPerUser * testShare));
  return {
    train: labelled(train, dislikes, (of) => of.subarray(held)),
    test: labelled(test, dislikes, (of) => of.subarray(0, held)),
  };
}

function labelled(
  { users, items, ...sizes }: InteractionTable,
  dislikes: readonly Int32Array[],
  part: (of: Int32Array) => Int32Array,
): RowTable {
  const rows = dislikes.flatMap((of, user) => Array.from(part(of), (item) => [user, item] as const));
  const labels = new Float32Array(users.length + rows.length).fill(1, 0, users.length);
  return {
    ...sizes,
    users: Int32Array.of(...users, ...rows.map(([user]) => user)),
    items: Int32Array.of(...items, ...rows.map(([, item]) => item)),
    labels,
  };
}
