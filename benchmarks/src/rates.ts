import type { Result } from './results.ts';

/** What both cores of the machine reach together, per millisecond, by the probe `peers/machine.c`. */
export interface Rates {
  readonly operations: number; // of 128-bit vectors, the widest that WebAssembly has; a multiply-add counts two
  readonly wideOperations: number; // of the machine's widest vectors
  readonly bytes: number; // read in order from memory
  readonly rowBytes: number; // rows of 256 bytes picked at random from 10 MB
}

/** Work of one pass of one thread, as in machine.c: 2^26 floats; 2^20 rows of 64; 20,000,000 steps of 16 sums. */
export const PASS = {
  read: 2 ** 26 * 4,
  triad: 2 ** 26 * 4 * 3,
  rows: 2 ** 20 * 64 * 4,
  fma: 20e6 * 16 * 16 * 2,
  fma128: 20e6 * 16 * 4 * 2,
} as const;

export type Probe = keyof typeof PASS;

/** A probe's highest rate, per millisecond: its fastest pass, on whichever number of threads. */
function rateOf({ timings }: Result, probe: Probe): number {
  const rates = timings
    .map(({ name, least }) => ({ match: /^(\w+), (\d+) thread/.exec(name), least }))
    .filter(({ match }) => match?.[1] === probe)
    .map(({ match, least }) => (PASS[probe] * Number(match![2])) / least);
  return Math.max(...rates);
}

/** @param result of the case `machine` */
export function ratesOf(result: Result): Rates {
  return {
    operations: rateOf(result, 'fma128'),
    wideOperations: rateOf(result, 'fma'),
    bytes: rateOf(result, 'read'),
    rowBytes: rateOf(result, 'rows'),
  };
}
