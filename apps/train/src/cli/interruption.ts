const exitCodes = { SIGINT: 130, SIGTERM: 143, closed: 130 } as const;
type Cause = keyof typeof exitCodes;

/** A wish to stop, from the keyboard or the system. The first one aborts `signal`; the second ends the process. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** What to exit with once interrupted, by the shells' convention. */
  exitCode(): number;
  /** Gives the signals back to the system. */
  release(): void;
}

let current: ((cause: Cause) => void) | undefined;

/** Takes over Ctrl-C and SIGTERM. @param onFirst told once, to say what happens now */
export function takeInterruptions(onFirst: () => void): Interruption {
  const controller = new AbortController();
  let cause: Cause | undefined;
  const interrupt = (by: Cause): void => {
    if (cause !== undefined && by !== 'closed') process.exit(exitCodes[by]);
    if (cause !== undefined) return;
    cause = by;
    controller.abort();
    onFirst();
  };
  const [onInt, onTerm] = [() => interrupt('SIGINT'), () => interrupt('SIGTERM')];
  process.on('SIGINT', onInt).on('SIGTERM', onTerm);
  current = interrupt;
  return {
    signal: controller.signal,
    exitCode: () => exitCodes[cause ?? 'SIGINT'],
    release() {
      process.off('SIGINT', onInt).off('SIGTERM', onTerm);
      current = undefined;
    },
  };
}

/**
 * The reader of our output has gone. Work that can be interrupted is, as by Ctrl-C.
 * @returns whether there was such work
 */
export function outputClosed(): boolean {
  current?.('closed');
  return current !== undefined;
}
