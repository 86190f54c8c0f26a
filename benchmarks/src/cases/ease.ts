import { useEngine } from '@losslab/backend';
import { dataFacts, type FittedModel, parseOptions } from '@losslab/core';
import { generateByPopularity } from '@losslab/data';
import { ease } from '@losslab/models';
import { inProcess } from '../contender.ts';
import { edgeFile } from '../gowalla.ts';
import { fittedPeer } from '../peer.ts';
import type { Case } from './case.ts';

const USERS = 6000;

/** EASE from interactions to weights, on generated data, beside numpy and LAPACK. */
export const easeOf = (items: number) => (): Case => ({
  name: `ease-${items}`,
  title: `EASE: counts, inverse and weights, ${items.toLocaleString('en')} items, ${USERS.toLocaleString('en')} users`,
  rounds: items > 5000 ? 1 : 2,
  budgets: [],
  floor: {
    operations: items ** 3,
    bytes: items ** 2 * 4,
    counted: 'I³ / 2 multiply-adds: a Cholesky factor and the inverse from it; the matrix written once',
  },
  async contenders() {
    const engine = await useEngine('simd');
    const { train } = generateByPopularity({ users: USERS, items, interactionsPerUser: 130, testEvery: 1000 });
    const options = parseOptions(ease.options, {}, 'model ease');
    const model = ease.create(options, { facts: dataFacts(train), train, seed: 1 }) as FittedModel;
    const edges = edgeFile(train);
    const sizes = { users: USERS, items, lambda: options.lambda, edges: edges.path };
    const lapack = await fittedPeer('ease-lapack', sizes);
    const peers = items > 5000 ? [lapack] : [await fittedPeer('ease-numpy', sizes), lapack]; // numpy takes minutes there
    edges.remove(); // a peer reads it before it is ready
    const label = `losslab (${engine.build} build, ${engine.threads} threads)`;
    return [inProcess(label, () => model.fit(train)), ...peers];
  },
});
