import type { SamplerContext } from '@losslab/core';
import type { Counter } from '@losslab/kernels';
import { expected } from './errors.ts';

/** What is drawn at one step, each from a sequence of its own. */
const purposes = ['order', 'negatives', 'positives', 'noise', 'noise-item', 'hold-out', 'pool', 'memory'] as const;
export type Purpose = (typeof purposes)[number];

/** Samplers take the generator's streams from here on, so that they never meet those of dropout or initial values. */
const FIRST_STREAM = 4096;
const MOST_STREAMS = 1024;

export type Counters = (purpose: Purpose, epoch: number, step: number) => Counter;

/** @throws LosslabError `bad-option` for a stream that is no whole number in [0, 1024). */
export function countersOf({ seed, stream }: Pick<SamplerContext, 'seed' | 'stream'>): Counters {
  if (!Number.isInteger(stream) || stream < 0 || stream >= MOST_STREAMS) {
    throw expected('bad-option', `a stream in [0, ${MOST_STREAMS})`, String(stream), 'number streams from 0', 'stream');
  }
  const first = FIRST_STREAM + stream * purposes.length;
  return (purpose, epoch, step) => ({ seed, stream: first + purposes.indexOf(purpose), epoch, step });
}
