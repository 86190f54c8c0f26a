import type { LabelledRanking } from '@losslab/core';

/** The mean of a value over users; 0 where there is none. */
export function meanOverUsers(users: readonly LabelledRanking[], value: (user: LabelledRanking) => number): number {
  let sum = 0;
  for (const user of users) sum += value(user);
  return sum / Math.max(1, users.length);
}
