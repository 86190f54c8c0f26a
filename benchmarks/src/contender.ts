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

/**
 * Runs the contenders in turn, A B C A B C …, after one uncounted round each.
 * @param turn pieces of work in a turn, each timed: more than one where a piece is short, so that what another's turn left in
 *   the caches does not decide
 */
export async function alternate(contenders: readonly Contender[], rounds: number, turn = 1): Promise<Timing[]> {
  const times = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [k, contender] of contenders.entries()) {
      for (let piece = 0; piece < turn; piece++) {
        const ms = await contender.run();
        if (round >= 0) times[k]!.push(ms);
      }
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
