import { useEngine } from '@losslab/backend';
import { idMatrix } from '@losslab/core';
import { bslReferenceLoss } from '@losslab/loss-bsl';
import * as tf from '@tensorflow/tfjs';
import { type Contender, inProcess } from '../contender.ts';
import { torchPeer } from '../peer.ts';
import { stockLoss } from '../stock-tfjs.ts';
import type { Case } from './case.ts';

const sizes = { users: 1, items: 1, batch: 1024, negatives: 800, dimension: 64 };
const options = { variant: 'reweight', tau: 0.11, w: 1.1 } as const;

/** The loss on given scores, value and gradient: what tfjs is asked for between the two fused ops. */
export function lossAlone(): Case {
  return {
    name: 'loss',
    title: 'BSL’s loss alone on [1024, 800] scores, value and gradient',
    rounds: 15,
    budgets: [{ peer: 'stock tfjs wasm', most: 1 / 5 }],
    floor: {
      operations: 1024 * 801 * 8,
      bytes: 1024 * 801 * 4 * 3,
      counted: '820,224 scores: read twice, one gradient written, eight operations each',
    },
    async contenders() {
      const stock = [await stockLoss('cpu', sizes), await stockLoss('wasm', sizes)];
      return [await ownLoss(), ...stock, await torchPeer('loss', sizes)];
    },
  };
}

async function ownLoss(): Promise<Contender> {
  const engine = await useEngine('simd');
  const { batch, negatives } = sizes;
  const positive = tf.keep(tf.randomNormal([batch, 1], 0, 0.3, 'float32', 1)) as tf.Tensor2D;
  const negative = tf.keep(tf.randomNormal([batch, negatives], 0, 0.3, 'float32', 2)) as tf.Tensor2D;
  const users = idMatrix(
    Int32Array.from({ length: batch }, (_, b) => b),
    1,
  ).data;
  const loss = (p: tf.Tensor, n: tf.Tensor): tf.Scalar =>
    bslReferenceLoss({ positive: p as tf.Tensor2D, negative: n as tf.Tensor2D }, users, options);
  const run = async (): Promise<void> => {
    await tf.setBackend(engine.name);
    tf.tidy(() =>
      tf
        .grads(loss)([positive, negative])
        .map((gradient) => gradient.shape),
    );
  };
  return inProcess(`losslab (${engine.name}, ${engine.build} build)`, run, () => tf.dispose([positive, negative]));
}
