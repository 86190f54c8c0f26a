import { useEngine } from '@losslab/backend';
import { kernels } from '@losslab/kernels';
import type { Contender } from '../contender.ts';
import { denseLayer, type LayerSizes, operationsOf } from '../dense-layer.ts';
import { torchPeer } from '../peer.ts';
import { stockContender } from '../stock-backend.ts';
import type { Case } from './case.ts';

/** tfjs's matMul on a fixed number of threads, which come up before the clock runs. */
async function onThreads(sizes: LayerSizes, threads: number): Promise<Contender> {
  const select = async (): Promise<void> => {
    await useEngine('simd', { threads });
    await kernels().engine.ready();
  };
  await select();
  const work = denseLayer(sizes);
  const run = async (): Promise<number> => {
    await select();
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const label = `${threads} thread${threads > 1 ? 's' : ''}`;
  return { name: `losslab, ${label} (${kernels().build} build)`, run, close() {} };
}

function dense(name: string, title: string, rounds: number, sizes: LayerSizes): Case {
  const { m, k, n } = sizes;
  return {
    name,
    title,
    rounds,
    budgets: [
      { peer: 'stock tfjs wasm', most: 1 / 1.7 },
      { contender: 'losslab, 1 thread', peer: 'stock tfjs wasm', most: 1 },
    ],
    floor: {
      operations: operationsOf(sizes),
      bytes: (m * k + k * n + m * n) * 4 * (sizes.backward ? 3 : 1),
      counted: `${operationsOf(sizes).toLocaleString('en')} operations; each matrix once`,
    },
    async contenders() {
      const { threads } = await useEngine('simd');
      const own = [await onThreads(sizes, Math.max(2, threads)), await onThreads(sizes, 1)];
      const stock = [
        await stockContender('wasm', () => denseLayer(sizes)),
        await stockContender('cpu', () => denseLayer(sizes)),
      ];
      return [...own, ...stock, await torchPeer('matmul', { m, k, n, backward: Number(sizes.backward), threads })];
    },
  };
}

export const matmul = (): Case =>
  dense('matmul', 'tf.matMul of two matrices of 1,024 × 1,024', 9, { m: 1024, k: 1024, n: 1024, backward: false });

export const denseNeuMf = (): Case =>
  dense('dense', 'a dense layer of NeuMF, [2048, 128] · [128, 64], with the two products of its gradient', 25, {
    m: 2048,
    k: 128,
    n: 64,
    backward: true,
  });
