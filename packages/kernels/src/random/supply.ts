import type { Csr } from '../csr.ts';
import { expected } from '../errors.ts';

function distinctBelow(csr: Csr, user: number, items: number, allowed: (item: number) => boolean): number {
  const seen = new Set(csr.indices.subarray(csr.indptr[user]!, csr.indptr[user + 1]!));
  let left = 0;
  for (let item = 0; item < items; item++) if (allowed(item) && !seen.has(item)) left++;
  return left;
}

/** What a row draws from. */
export interface Supply {
  readonly items: number;
  /** Size of the draw's support, of [0, items) in all. */
  readonly most: number;
  /** Items that a row needs. */
  readonly needed: number;
  readonly allowed: (item: number) => boolean;
}

/** @throws KernelError naming a user who has too few items left, before anything is drawn. */
export function checkUsers(users: Int32Array, csr: Csr, { items, most, needed, allowed }: Supply): void {
  for (const user of users) {
    const excluded = csr.indptr[user + 1]! - csr.indptr[user]!;
    if (excluded <= most - needed) continue;
    const left = distinctBelow(csr, user, items, allowed);
    if (left >= needed) continue;
    const who = left === 0 ? `is excluded from all ${items}` : `has ${left} of ${items}`;
    throw expected(
      `${needed === 1 ? 'an item' : `${needed} items`} left to draw for every user`,
      `user ${user}, who ${who}`,
      needed === 1 ? 'leave the user out' : 'leave the user out or draw fewer',
      'users',
    );
  }
}

/** Every item may be drawn. */
export const all = (): boolean => true;
