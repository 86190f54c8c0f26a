import { unknownName } from '@losslab/core';
import { expected } from '../errors.ts';

/** How one table becomes parts. Shares are of 1; what neither test nor valid takes is the training part. */
export type SplitSpec =
  /** Each row by chance, or each user's rows by chance, or all rows by time: the latest are the test part. */
  | { readonly kind: 'random' | 'per-user' | 'temporal'; readonly test?: number; readonly valid?: number }
  /** Each user's last row (by time, or a random one) is the test part; with `valid` the one before that is validation. */
  | { readonly kind: 'leave-one-out'; readonly by?: 'time' | 'random'; readonly valid?: boolean };

export const SPLIT_KINDS = ['random', 'per-user', 'temporal', 'leave-one-out'] as const;

export const DEFAULT_TEST_SHARE = 0.2;

/**
 * Reads `kind` or `kind:train/test` or `kind:train/valid/test`, the parts in shares or per cent: `per-user:80/20`.
 * @throws LosslabError `unknown-name` for a kind, `bad-option` for shares
 */
export function parseSplit(text: string): SplitSpec {
  const [kind = '', shares] = text.split(':');
  if (!isKind(kind)) throw unknownName('split', kind, SPLIT_KINDS, 'data');
  if (kind === 'leave-one-out') {
    if (shares === undefined) return { kind };
    throw expected('bad-option', 'leave-one-out without shares', text, 'leave them out', 'split');
  }
  if (shares === undefined) return { kind };
  const parts = shares.split('/').map(Number);
  const sum = parts.reduce((a, b) => a + b, 0);
  const isWhole = Math.abs(sum - 1) < 1e-9 || Math.abs(sum - 100) < 1e-9;
  if ((parts.length !== 2 && parts.length !== 3) || !isWhole || parts.some((part) => !(part >= 0))) {
    throw expected(
      'bad-option',
      `train/test or train/valid/test that sum to 1 or 100`,
      text,
      'write per-user:80/20',
      'split',
    );
  }
  const [test, valid] = [parts.at(-1)! / sum, parts.length === 3 ? parts[1]! / sum : 0];
  return valid > 0 ? { kind, test, valid } : { kind, test };
}

function isKind(kind: string): kind is SplitSpec['kind'] {
  return (SPLIT_KINDS as readonly string[]).includes(kind);
}

/** One sentence that says what was done. */
export function describeSplit(spec: SplitSpec, seed: number): string {
  if (spec.kind === 'leave-one-out') {
    const which = spec.by === 'random' ? `random row (seed ${seed})` : 'latest row';
    const valid = spec.valid ? ', the one before it the validation part' : '';
    return `Split leave-one-out: each user's ${which} is the test part${valid}.`;
  }
  const { test = DEFAULT_TEST_SHARE, valid = 0 } = spec;
  const percent = (share: number) => `${+(share * 100).toFixed(6)} %`;
  const rest = valid > 0 ? `, ${percent(valid)} the validation part` : '';
  if (spec.kind === 'temporal')
    return `Split by time: the latest ${percent(test)} of the rows are the test part${rest}.`;
  const of = spec.kind === 'random' ? 'of the rows' : "of each user's rows";
  return `Split at random (${spec.kind}, seed ${seed}): ${percent(test)} ${of} are the test part${rest}.`;
}
