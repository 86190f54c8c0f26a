import { useEngine } from '@losslab/backend';
import { dataFacts, type FittedModel, parseOptions } from '@losslab/core';
import { ials } from '@losslab/models';
import { inProcess } from '../contender.ts';
import { edgeFile, gowalla } from '../gowalla.ts';
import { fittedPeer } from '../peer.ts';
import type { Case } from './case.ts';

const sizes = { users: 29_858, items: 40_981, dimension: 64, iterations: 2 };
const ENTRIES = 810_128;

/** Each entry's D × D product once a half-step, its upper triangle; a Cholesky factor of D³ / 6 multiply-adds for each row. */
function operations({ users, items, dimension: D, iterations }: typeof sizes): number {
  return 2 * iterations * ((2 * ENTRIES * (D * D)) / 2 + (users + items) * (D ** 3 / 6 + (D * D) / 2));
}

/** Two iterations of iALS on Gowalla, set-up included, beside the same by `implicit`. */
export function ialsIterations(): Case {
  let source: string;
  return {
    name: 'ials',
    title: 'two iterations of iALS, D 64, Gowalla’s 29,858 × 40,981 rows and 810,128 entries',
    rounds: 3,
    budgets: [],
    floor: {
      operations: operations(sizes),
      bytes: 0,
      rowBytes: 2 * sizes.iterations * ENTRIES * sizes.dimension * 4,
      counted: 'half a 64 × 64 product an entry and side, a Cholesky factor a row; an entry’s row once a side',
    },
    async contenders() {
      const engine = await useEngine('simd');
      const { train, source: from } = await gowalla();
      source = from;
      const { dimension, iterations } = sizes;
      const options = parseOptions(ials.options, { dimension, iterations }, 'model ials');
      const model = ials.create(options, { facts: dataFacts(train), train, seed: 1 }) as FittedModel;
      const label = `losslab (${engine.build} build, ${engine.threads} threads)`;
      const edges = edgeFile(train);
      const peers = [
        await fittedPeer('als-cholesky', { ...sizes, edges: edges.path }),
        await fittedPeer('als-cg', { ...sizes, edges: edges.path }),
      ];
      edges.remove(); // a peer reads it before it is ready
      return [inProcess(label, () => model.fit(train)), ...peers];
    },
    facts: () => ({ interactions: source }),
  };
}
