import { useEngine } from '@losslab/backend';
import { kernels, Random } from '@losslab/kernels';
import { inProcess } from '../contender.ts';
import { torchPeer } from '../peer.ts';
import type { Case } from './case.ts';

const sizes = { users: 29_858, items: 40_981, dimension: 64 };
const K = 20;

/** Every item for every user, the best 20 kept; no score matrix. */
export function ranking(): Case {
  return {
    name: 'rank',
    title: 'full ranking, 29,858 × 40,981, D 64, top 20',
    rounds: 3,
    budgets: [{ peer: 'PyTorch', most: 0.8 }],
    floor: {
      operations: 2 * sizes.users * sizes.items * sizes.dimension,
      bytes: (sizes.users + sizes.items) * sizes.dimension * 4,
      counted: '1.2 · 10⁹ products of 64 terms; both tables read once',
    },
    async contenders() {
      const { threads } = await useEngine('simd');
      const k = kernels();
      const random = new Random({ seed: 1 });
      const table = (rows: number): Float32Array =>
        k.memory.f32(rows * sizes.dimension).map(() => random.float() - 0.5);
      const users = k.memory.copyOf(table(sizes.users));
      const items = k.memory.copyOf(table(sizes.items));
      const outIds = k.memory.i32(sizes.users * K);
      const outScores = k.memory.f32(sizes.users * K);
      const work = (): void => k.topK({ users, items, dim: sizes.dimension, k: K, outIds, outScores });
      return [inProcess(`losslab (${k.build} build, ${threads} threads)`, work), await torchPeer('rank', sizes)];
    },
  };
}
