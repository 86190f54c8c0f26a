import type { Interactions } from '@losslab/core';
import { randomOf, STREAM } from '../random.ts';
import { interactionsWhere } from '../table/sets.ts';
import { shareOf } from './split.ts';

/** Share of each user's training items that becomes the validation part under protocol `clean`. */
export const VALIDATION_SHARE = 0.1;

/**
 * Takes a validation part out of a training part: `share` of each user's items, rounded, at least one where the user has
 * three or more. The same items whatever the order of the file was.
 */
export function carveValidation(
  train: Interactions,
  seed: number,
  share: number = VALIDATION_SHARE,
): { train: Interactions; valid: Interactions } {
  const isTaken = new Uint8Array(train.indices.length);
  for (let u = 0; u < train.userCount; u++) {
    const from = train.indptr[u]!;
    const count = train.indptr[u + 1]! - from;
    const taken = shareOf(count, share);
    if (taken === 0) continue;
    const order = randomOf(seed, STREAM.validation, u).permutation(count);
    for (let k = 0; k < taken; k++) isTaken[from + order[k]!] = 1;
  }
  return {
    train: interactionsWhere(train, (_user, _item, at) => isTaken[at] === 0),
    valid: interactionsWhere(train, (_user, _item, at) => isTaken[at] === 1),
  };
}
