import type { NamedArrays } from '@losslab/core';
import { expected } from './errors.ts';

/** Puts an array of a saved state back. @throws LosslabError `bad-run` where there is none of its length */
export function loadInto(target: Int32Array | Float32Array, state: NamedArrays, name: string): void {
  const found = state[name]?.data;
  if (found === undefined || found.length !== target.length) {
    const got = found === undefined ? 'none' : `${found.length}`;
    const remedy = 'load what was saved from the same data and options';
    throw expected('bad-run', `${target.length} numbers of ${name}`, got, remedy, 'sampler');
  }
  target.set(found);
}
