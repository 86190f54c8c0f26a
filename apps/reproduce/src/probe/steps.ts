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
  const lists: Record<string, number[]> = {};
  for (const [k, { loss, counts }] of counted.entries()) {
    if (k % every !== 0) continue;
    for (const name of Object.keys(counts!)) lists[name] = [...(lists[name] ?? []), k + 1, loss];
  }
  return lists;
}
