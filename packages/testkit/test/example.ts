import type { LossDefinition } from '@losslab/core';
import { failuresOf, lossChecks } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const any = { least: 1, usual: 1 };
const hinge: LossDefinition<Record<string, never>> = {
  kind: 'loss',
  name: 'hinge',
  summary: 'Each positive should lead each negative by 1.',
  source: 'Weston et al., IJCAI 2011',
  options: z.strictObject({}),
  create: () => ({
    name: 'hinge',
    needs: { positives: { ...any, most: 1 }, negatives: any, inBatch: true, labelled: false, similarity: 'dot' },
    gradient: 'exact',
    compute: ({ positive, negative }) => tf.mean(tf.relu(tf.add(1, tf.sub(negative, positive)))),
  }),
};
// In a test file: testLoss(hinge, { naive }) makes each of these checks a vitest test.
const checks = lossChecks(hinge, {
  naive({ positive, negative }) {
    const all = negative.flatMap((row, b) => row.map((t) => Math.max(0, 1 + t - positive[b]![0]!)));
    return all.reduce((sum, x) => sum + x, 0) / all.length;
  },
});
console.log(checks.length, (await failuresOf(checks)).size); // 13 0
