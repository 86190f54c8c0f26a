import { readFileSync } from 'node:fs';
import type { TrainEvent } from '@losslab/core';
import type { Probed } from './probe.ts';

/**
 * The steps of a training that count something, in order: by the name of what they counted (`direct`), their number among them from 1
 * and their loss, number, loss ... Read from a log of the training, so that an interrupted one that went on has all of them.
 */
export interface StepsProbe {
  readonly kind: 'steps';
  /** At most so many steps, thinned evenly. */
  readonly most: number;
}

export function probeSteps({ most }: StepsProbe, log: string): Probed {
  const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
  const events = lines.map((line) => JSON.parse(line) as TrainEvent);
  const counted = events.flatMap((event) => (event.kind === 'step' && event.counts ? [event] : []));
  const every = Math.ceil(counted.length / most);
  const kept = counted.map(({ loss, counts }, k) => ({ number: k + 1, loss, counts: counts! }));
  const thinned = kept.filter((_, k) => k % every === 0);
  const names = new Set(thinned.flatMap(({ counts }) => Object.keys(counts)));
  const listOf = (name: string): number[] =>
    thinned.flatMap(({ number, loss, counts }) => (name in counts ? [number, loss] : []));
  return Object.fromEntries([...names].map((name) => [name, listOf(name)]));
}
