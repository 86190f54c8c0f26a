import { type Batch, type IdMatrix, LosslabError, type Sampler, type Scores } from '@losslab/core';
import type * as tf from '@tensorflow/tfjs';

/*
 * What parts return once training calls them. The checks look at types and shapes alone, so that a step costs what it did.
 */

/** What to do where there is no shorter remedy. */
export const guide = 'see docs/plug-ins.md';

export interface Part {
  readonly kind: 'loss' | 'model' | 'sampler' | 'step';
  readonly name: string;
}

/** @throws LosslabError `bad-plugin` unless `value` is a tensor without axes */
export function checkedScalar(value: tf.Scalar, part: Part, method: string): tf.Scalar {
  if ((value as tf.Scalar | undefined)?.rank === 0) return value;
  throw brokenPart(
    part,
    `${method} to return a scalar tensor`,
    value,
    'return one, such as the tf.mean over the batch',
  );
}

/** @throws LosslabError `bad-plugin` unless there are positive and negative scores, a row a user */
export function checkedScores(scores: Scores, { users }: Batch, part: Part, method: string): Scores {
  for (const key of ['positive', 'negative'] as const) {
    const found = (scores as Scores | undefined)?.[key];
    if (found?.rank === 2 && found.shape[0] === users.length) continue;
    const what = `${method} to return ${key} as a tensor of ${users.length} rows`;
    throw brokenPart(part, what, found ?? scores, 'return { positive: [B, M], negative: [B, N] }');
  }
  return scores;
}

/** The same sampler, the first batches that it proposes and refines held to the contract. */
export function checkedSampler(sampler: Sampler): Sampler {
  const part = { kind: 'sampler', name: sampler.name } as const;
  const checked = new Set<string>();
  const firstChecked = (method: 'propose' | 'refine', batch: Batch): Batch => {
    if (!checked.has(method)) checkBatch(batch, part, `${method} to return a batch`);
    checked.add(method);
    return batch;
  };
  return {
    name: sampler.name,
    steps: sampler.steps,
    excludes: sampler.excludes,
    propose: (...args) => firstChecked('propose', sampler.propose(...args)),
    ...(sampler.refine && { refine: (batch, score) => firstChecked('refine', sampler.refine!(batch, score)) }),
  };
}

/** @throws LosslabError `bad-plugin` unless `batch` is one; `expected` says where it is wanted: `propose to return a batch` */
export function checkBatch(batch: Batch | undefined, part: Part, expected: string): void {
  const { users, positives, negatives } = (batch ?? {}) as Partial<Batch>;
  if (!(users instanceof Int32Array)) {
    throw brokenPart(part, `${expected} with users as an Int32Array`, users ?? batch, guide);
  }
  const matrix = (ids: IdMatrix | undefined, what: string, or = ''): void => {
    const isMatrix = ids?.data instanceof Int32Array && ids.data.length === users.length * ids.columns;
    if (isMatrix) return;
    throw brokenPart(part, `${expected} with ${what} as an id matrix of ${users.length} rows${or}`, ids, guide);
  };
  matrix(positives, 'positives');
  if (negatives !== 'in-batch') matrix(negatives, 'negatives', ' or "in-batch"');
}

/** The error names the part; a command that knows the part's file names that in its place. */
export function brokenPart(
  { kind, name }: Part,
  expected: string,
  got: unknown,
  remedy: string,
  cause?: unknown,
): LosslabError {
  const text = `[${kind} ${name}] expected ${expected}, got ${described(got)}; ${remedy}`;
  return new LosslabError('bad-plugin', text, { where: kind, cause });
}

/** A value in a few words: `5`, `a tensor [256]`, `{ data, columns }`. */
function described(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'number') return String(value);
  const { shape, length } = value as { shape?: unknown; length?: unknown };
  if (Array.isArray(shape)) return `a tensor [${shape.join(', ')}]`;
  if (value instanceof Promise) return 'a promise';
  if (typeof value === 'object' && typeof length === 'number') return `${value.constructor.name} of ${length}`;
  if (typeof value === 'object') return `{ ${Object.keys(value).join(', ')} }`.replace('{  }', '{}');
  return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? typeof value);
}
