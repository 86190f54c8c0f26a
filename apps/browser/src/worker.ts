import type { Told, Wish } from './messages.ts';
import { trainHere } from './training.ts';

/*
 * Training runs here, not in the page's own thread: that one must stay free to draw, and may not wait for other threads.
 * The first message is a wish; any further one stops the training.
 */

const stop = new AbortController();

async function train(wish: Wish): Promise<void> {
  try {
    for await (const told of trainHere(wish, stop.signal)) tell(told);
  } catch (error) {
    tell({ kind: 'error', message: error instanceof Error ? error.message : String(error) });
  }
}

const tell = (told: Told): void => postMessage(told);

addEventListener('message', ({ data }: MessageEvent<Wish>) => void train(data), { once: true });
addEventListener('message', ({ data }: MessageEvent<Wish | 'stop'>) => {
  if (data === 'stop') stop.abort();
});
