import * as tf from '@tensorflow/tfjs';
import { type Contender, inProcess, type Missing } from './contender.ts';

export type StockBackend = 'cpu' | 'wasm';

/** Loads a backend as tfjs comes, and says what its WebAssembly uses here. */
async function load(backend: StockBackend): Promise<string> {
  if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend(backend);
  await tf.ready();
  if (backend === 'cpu') return 'stock tfjs cpu';
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'SIMD' : 'no SIMD';
  const threads = (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) ? 'threads' : 'one thread';
  return `stock tfjs wasm (${simd}, ${threads})`;
}

/**
 * A contender on a stock backend, tried once: what it cannot run is missing, with tfjs's own words. The backend that was set
 * before is set again after each piece of work.
 * @param make makes the tensors, and returns the work on them
 */
export async function stockContender(backend: StockBackend, make: () => () => void): Promise<Contender | Missing> {
  const before = tf.getBackend();
  let name = `stock tfjs ${backend}`;
  try {
    name = await load(backend);
    const work = make();
    work();
    return inProcess(name, async () => {
      await tf.setBackend(backend);
      work();
      await tf.setBackend(before);
    });
  } catch (error) {
    return { name, missing: (error as Error).message.split('\n')[0]! };
  } finally {
    await tf.setBackend(before);
  }
}
