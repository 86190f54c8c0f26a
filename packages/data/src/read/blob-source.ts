import { expected } from '../errors.ts';
import { interrupted, type Reading } from './reading.ts';

/** The bytes of a file that a person chose, unpacked where they are gzip. @throws LosslabError `bad-data`, `interrupted` */
export async function* blobChunks(file: File, { isPacked, seen, signal }: Reading): AsyncGenerator<Uint8Array> {
  const counted = file.stream().pipeThrough(through(seen));
  const reader = (isPacked ? counted.pipeThrough(new DecompressionStream('gzip')) : counted).getReader();
  try {
    while (true) {
      if (signal?.aborted) throw interrupted(file.name);
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw unreadable(file.name, isPacked, cause);
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {}); // what made reading fail is told already
  }
}

function through(seen: Reading['seen']): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  return new TransformStream({
    transform(chunk, controller) {
      seen(chunk);
      controller.enqueue(chunk);
    },
  });
}

function unreadable(name: string, isPacked: boolean, cause: unknown): unknown {
  if (isPacked && cause instanceof TypeError) {
    return expected('bad-data', `a whole gzip file in ${name}`, 'damaged or missing data', 'get it again', name);
  }
  return expected('missing-data', `to read ${name}`, String(cause), 'choose it again', name);
}
