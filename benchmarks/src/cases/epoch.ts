import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useEngine } from '@losslab/backend';
import type { Interactions } from '@losslab/core';
import { openDataset } from '@losslab/data';
import { bpr } from '@losslab/loss-classic';
import { inProcess } from '../contender.ts';
import { type LosslabStep, losslabStep } from '../losslab-step.ts';
import { implicitPeer } from '../peer.ts';
import type { Case } from './case.ts';
import { stepFloor } from './step-floor.ts';

const shape = { batch: 1024, negatives: 1, dimension: 64 };
const GOWALLA = { users: 29_858, items: 40_981, interactions: 810_128 };
const STEPS = Math.ceil(GOWALLA.interactions / shape.batch);

/** The interactions where a Python program finds them. */
function handOver({ indptr, indices }: Interactions, folder: string): { indptr: string; indices: string } {
  const files = { indptr: join(folder, 'indptr'), indices: join(folder, 'indices') };
  writeFileSync(files.indptr, indptr);
  writeFileSync(files.indices, indices);
  return files;
}

/** An epoch of MF with BPR on Gowalla's training part, beside the library that is known for its speed at it. */
export function epoch(): Case {
  let step: LosslabStep | undefined;
  let folder = '';
  const { operations, bytes, rowBytes } = stepFloor({ ...GOWALLA, ...shape });
  return {
    name: 'implicit',
    title: 'an epoch of BPR on Gowalla’s training part, MF, D 64; losslab: B 1,024 and Adam, implicit: SGD',
    rounds: 3,
    floor: {
      operations: operations * STEPS,
      bytes: bytes * STEPS,
      rowBytes: rowBytes! * STEPS,
      counted: `${STEPS} steps as in bpr-step`,
    },
    async contenders() {
      const { threads } = await useEngine('simd');
      const { train } = await openDataset('gowalla', { protocol: 'paper', seed: 1 });
      folder = mkdtempSync(join(tmpdir(), 'losslab-bench-'));
      const [users, items] = [train.userCount, train.itemCount];
      step = losslabStep(bpr, { similarity: 'dot' }, { users, items, ...shape }, { train, exclude: 'seen' });
      const own = inProcess(`losslab, ${threads} threads`, () => {
        for (let k = 0; k < step!.sampler.steps; k++) step!.run();
      });
      const sizes = { users, items, dimension: shape.dimension, threads, ...handOver(train, folder) };
      return [own, await implicitPeer('bpr', sizes), await implicitPeer('als', sizes)];
    },
    close() {
      step?.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}
