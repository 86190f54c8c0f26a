import { Random } from '@losslab/kernels';
import { expected } from './errors.ts';

/** Streams of the counter-based generator that this package draws from, so that no two uses share numbers. */
export const STREAM = {
  split: 0x4401,
  validation: 0x4402,
  noise: 0x4403,
  factors: 0x4404,
  degrees: 0x4405,
  observation: 0x4406,
  popularity: 0x4407,
  items: 0x4408,
  plays: 0x4409,
  dislikes: 0x440a,
} as const;

/** The sequence of `seed` for one use; `step` tells apart users or other members of that use. @throws LosslabError `bad-option` */
export function randomOf(seed: number, stream: number, step = 0): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw expected('bad-option', 'a whole seed of 0 or more', String(seed), 'choose another', 'seed');
  }
  return new Random({ seed, stream, step });
}
