// One cell in a process of its own: its memory is measured alone and given back, and what kills it kills no other cell.
// Short cells may follow each other in one process (`stays`), since starting one costs more than they do.
import { LosslabError, type TrainEvent } from '@losslab/core';
import { trainCell } from '../train-cell.ts';
import type { FromCell, ToCell } from './messages.ts';

const stepsEvery = 200; // ms; the other process only draws them

const controller = new AbortController();
let isIdle = false;
process.on('SIGINT', () => {}); // a terminal sends Ctrl-C to both; the sweep decides
process.on('disconnect', () => {
  if (isIdle) process.exit(0);
  controller.abort(); // the sweep is gone: save and stop
});
process.on('message', (message: ToCell) => {
  if (message.kind === 'abort') controller.abort();
  else void run(message);
});

async function run({ cell, out, dataDir, threads, command, stays }: Extract<ToCell, { kind: 'train' }>): Promise<void> {
  isIdle = false;
  try {
    const options = {
      out,
      signal: controller.signal,
      onEvent: thinned(),
      ...(dataDir && { dataDir }),
      ...(threads && { threads }),
      ...(command && { command }),
    };
    const result = await trainCell(cell, options);
    isIdle = stays;
    await send({ kind: 'result', result });
    if (stays && process.connected) return;
  } catch (error) {
    const code = error instanceof LosslabError ? error.code : undefined;
    await send({ kind: 'error', message: error instanceof Error ? error.message : String(error), code });
  }
  process.exit(0);
}

function thinned(): (event: TrainEvent) => void {
  let last = 0;
  return (event) => {
    if (event.kind === 'finish') return; // its result follows
    if (event.kind === 'step') {
      const now = performance.now();
      if (now - last < stepsEvery) return;
      last = now;
    }
    void send({ kind: 'event', event });
  };
}

function send(message: FromCell): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send!(message, () => resolve());
    else resolve();
  });
}
