import { availableParallelism } from 'node:os';
import { compiledPeer } from '../compiled.ts';
import { PASS, type Probe } from '../rates.ts';
import type { Case } from './case.ts';

const PROBES = Object.keys(PASS) as Probe[];

/** Bandwidth and arithmetic of this machine by a plain C program: the rates that floors are computed from. */
export function machine(): Case {
  const threads = availableParallelism();
  return {
    name: 'machine',
    title: 'plain C: memory read in order, STREAM triad, rows of 256 bytes picked at random, multiply-adds',
    rounds: 7,
    contenders: () =>
      Promise.all(
        PROBES.flatMap((probe) =>
          [...new Set([1, threads])].map((count) => compiledPeer(probe, 'machine.c', [probe, count])),
        ),
      ),
  };
}
