/** Lets other work of the process have a turn: signals, timers, drawing. @throws the signal's reason once it is aborted */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal?.throwIfAborted();
}
