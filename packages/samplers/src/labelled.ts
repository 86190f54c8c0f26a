import {
  type Batch,
  idMatrix,
  type LabelledPairs,
  type Sampler,
  type SamplerContext,
  type SamplerDefinition,
} from '@losslab/core';
import { kernels as loadedKernels } from '@losslab/kernels';
import { Buffers } from './buffers.ts';
import { countersOf } from './counters.ts';
import { expected } from './errors.ts';
import { holdOut } from './hold-out.ts';
import { type LabelledOptions, labelledOptions } from './labelled-options.ts';
import { checkWhole, orderOf } from './order.ts';
import { unlabelledItems } from './unlabelled-items.ts';

function partOf(pairs: LabelledPairs, { holdOut: share, part }: LabelledOptions, seed: number): LabelledPairs {
  if (part === 'all') return pairs;
  const { kept, heldOut } = holdOut(pairs, share, seed);
  return part === 'kept' ? kept : heldOut;
}

/** Labelled rows have no observed positive, so M is 0 and N a number. */
function checkContext({ batchSize, positives, negatives, labelled }: SamplerContext): LabelledPairs {
  checkWhole('batchSize', batchSize, 1);
  if (labelled === undefined) {
    throw expected('missing-data', 'labelled pairs', 'none', 'use data with labels, or another sampler', 'labelled');
  }
  if (labelled.labels.length === 0) {
    throw expected('bad-data', 'labelled pairs', 'none', 'train on data that is not empty', 'labelled');
  }
  if (positives !== 0) {
    throw expected(
      'bad-option',
      'positives = 0 with labelled rows',
      String(positives),
      'set positives to 0',
      'positives',
    );
  }
  if (negatives === 'in-batch') {
    throw expected('bad-option', 'a number of negatives', 'in-batch', 'labelled rows have no positives', 'negatives');
  }
  checkWhole('negatives', negatives, 0);
  return labelled;
}

function take<A extends Int32Array | Float32Array>(column: A, rows: Int32Array, into: A | undefined): A {
  const out =
    into !== undefined && into.length >= rows.length
      ? (into.subarray(0, rows.length) as A)
      : fresh(column, rows.length);
  for (let row = 0; row < rows.length; row++) out[row] = column[rows[row]!]!;
  return out;
}

function fresh<A extends Int32Array | Float32Array>(like: A, length: number): A {
  return new (like.constructor as new (length: number) => A)(length);
}

/** Batches of labelled pairs; `users` are those of the pairs, and negatives unlabelled items of the same users. */
export function labelledSampler(options: LabelledOptions, context: SamplerContext): Sampler {
  const { batchSize, seed } = context;
  const N = context.negatives as number;
  const pairs = partOf(checkContext(context), options, seed);
  const kernels = loadedKernels();
  const counters = countersOf(context);
  const buffers = new Buffers(kernels.memory);
  const request = { count: pairs.labels.length, batchSize, dropLast: options.dropLast, leastRows: 1 };
  const order = orderOf(options.order, kernels, counters, request);
  const unlabelled = N === 0 ? undefined : unlabelledItems(context, kernels, counters, buffers);
  const none = idMatrix(new Int32Array(0), 0, 0);
  return {
    name: 'labelled',
    steps: order.steps,
    excludes: 'seen',
    propose(epoch, step, into): Batch {
      const rows = buffers.scratch('which', order.rows(step));
      order.fill(epoch, step, rows);
      const users = buffers.target('users', rows.length, into?.users);
      for (let b = 0; b < rows.length; b++) users[b] = pairs.users[rows[b]!]!;
      const room = into?.negatives === 'in-batch' ? undefined : into?.negatives.data;
      const kept = buffers.result(users, into?.users);
      return {
        epoch,
        step,
        users: kept,
        positives: { ...none, rows: rows.length },
        negatives: unlabelled?.draw(epoch, step, users, N, room) ?? { ...none, rows: rows.length },
        labelled: {
          users: kept,
          items: take(pairs.items, rows, into?.labelled?.items),
          labels: take(pairs.labels, rows, into?.labelled?.labels),
        },
      };
    },
    dispose() {
      unlabelled?.dispose();
      order.dispose();
      buffers.dispose();
    },
  };
}

/**
 * Goes through the labelled pairs: an epoch visits each once. `negatives` of a row are N unlabelled items of its user, which
 * occur with the user in no training row of either label (N may be 0).
 */
export const labelled: SamplerDefinition<LabelledOptions> = {
  kind: 'sampler',
  name: 'labelled',
  summary: 'labelled pairs, with unlabelled items of the same user as negatives',
  source: 'Lin et al., Inverse Learning (WSDM 2024), §3 and Algorithm 1',
  options: labelledOptions,
  create: labelledSampler,
};
