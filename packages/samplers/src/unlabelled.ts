import { type Batch, idMatrix, type Sampler, type SamplerContext, type SamplerDefinition } from '@losslab/core';
import { kernels as loadedKernels } from '@losslab/kernels';
import { Buffers } from './buffers.ts';
import { countersOf } from './counters.ts';
import { expected } from './errors.ts';
import { type UnlabelledOptions, unlabelledOptions } from './labelled-options.ts';
import { checkWhole, orderOf } from './order.ts';
import { usersOf } from './rows.ts';
import { unlabelledItems } from './unlabelled-items.ts';

function columnsOf({ negatives }: SamplerContext): number {
  if (negatives === 'in-batch') {
    throw expected('bad-option', 'a number of negatives', 'in-batch', 'unlabelled rows have no positives', 'negatives');
  }
  checkWhole('negatives', negatives, 0);
  return Math.max(1, negatives);
}

/** Batches of unlabelled pairs alone: as many rows of each user as there are labelled ones (else training ones). */
export function unlabelledSampler(options: UnlabelledOptions, context: SamplerContext): Sampler {
  const rowUsers = context.labelled?.users ?? usersOf(context.train);
  if (rowUsers.length === 0) {
    throw expected('bad-data', 'training rows', 'none', 'train on data that is not empty', 'train');
  }
  const columns = columnsOf(context);
  checkWhole('batchSize', context.batchSize, 1);
  const kernels = loadedKernels();
  const counters = countersOf(context);
  const buffers = new Buffers(kernels.memory);
  const request = { count: rowUsers.length, batchSize: context.batchSize, dropLast: options.dropLast, leastRows: 1 };
  const order = orderOf(options.order, kernels, counters, request);
  const items = unlabelledItems(context, kernels, counters, buffers);
  return {
    name: 'unlabelled',
    steps: order.steps,
    excludes: 'seen',
    propose(epoch, step, into): Batch {
      const rows = buffers.scratch('which', order.rows(step));
      order.fill(epoch, step, rows);
      const users = buffers.target('users', rows.length, into?.users);
      for (let b = 0; b < rows.length; b++) users[b] = rowUsers[rows[b]!]!;
      const room = into?.negatives === 'in-batch' ? undefined : into?.negatives.data;
      return {
        epoch,
        step,
        users: buffers.result(users, into?.users),
        positives: idMatrix(new Int32Array(0), 0, rows.length),
        negatives: items.draw(epoch, step, users, columns, room),
      };
    },
    dispose() {
      items.dispose();
      order.dispose();
      buffers.dispose();
    },
  };
}

/** N items of a user, at least one, that occur with the user in no training row of either label; M is 0. */
export const unlabelled: SamplerDefinition<UnlabelledOptions> = {
  kind: 'sampler',
  name: 'unlabelled',
  summary: 'unlabelled items of the training rows’ users, without labels and positives',
  source: 'Lin et al., Inverse Learning (WSDM 2024), §3 and Algorithm 1',
  options: unlabelledOptions,
  create: unlabelledSampler,
};
