import { LosslabError, type NamedArrays } from '@losslab/core';

/**
 * A copy of one array that was saved.
 * @throws LosslabError `bad-run` where there is none of this name and shape
 */
export function loadedArray<A extends Float32Array | Int32Array>(
  arrays: NamedArrays,
  name: string,
  shape: readonly number[],
  kind: new (values: ArrayLike<number>) => A,
): A {
  const found = arrays[name];
  const isAlike = found?.data instanceof kind && `${found.shape}` === `${shape}`;
  if (isAlike && found.data.length === shape.reduce((a, b) => a * b)) return new kind(found.data);
  const got = found ? `[${found.shape}]` : `arrays named ${Object.keys(arrays).join(', ') || 'nothing'}`;
  throw new LosslabError(
    'bad-run',
    `[models] expected ${name} [${shape}], got ${got}; load what was saved from the same data and options`,
  );
}
