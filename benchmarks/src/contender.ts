/** One program of a comparison: does the work once when asked and says how long it took. */
export interface Contender {
  readonly name: string;
  /** @returns milliseconds of one piece of the work */
  run(): Promise<number>;
  close(): void;
}

/** A program that cannot run here, and why. */
export interface Missing {
  readonly name: string;
  readonly missing: string;
}

export interface Timing {
  readonly name: string;
  readonly median: number; // ms
  readonly least: number; // ms
  readonly most: number; // ms
}

export function isMissing(contender: Contender | Missing): contender is Missing {
  return 'missing' in contender;
}

/** How long a contender runs before its rounds count, at least: V8 compiles a step again as it runs, for a second or so of a training. */
const WARM_MS = 3000;

/**
 * Runs the contenders in turn, A B C A B C …, after each has run uncounted for one turn, or for `warm` milliseconds where that is
 * longer.
 * @param turn pieces of work in a turn, each timed: more than one where a piece is short, so that what another's turn left in
 *   the caches does not decide
 */
export async function alternate(
  contenders: readonly Contender[],
  rounds: number,
  turn = 1,
  warm = WARM_MS,
): Promise<Timing[]> {
  const times = contenders.map((): number[] => []);
  for (const contender of contenders) {
    const began = performance.now();
    for (let piece = 0; piece < turn || performance.now() - began < warm; piece++) await contender.run();
  }
  for (let round = 0; round < rounds; round++) {
    for (const [k, contender] of contenders.entries()) {
      for (let piece = 0; piece < turn; piece++) times[k]!.push(await contender.run());
    }
  }
  return contenders.map(({ name }, k) => ({ name, ...spread(times[k]!) }));
}

export function spread(times: readonly number[]): { median: number; least: number; most: number } {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1]!, least: sorted[0]!, most: sorted.at(-1)! };
}

/** A contender in this process. `work` may be asynchronous; garbage of the round before is not charged to it. */
export function inProcess(name: string, work: () => unknown, close: () => void = () => {}): Contender {
  const run = async (): Promise<number> => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  return { name, run, close };
}
