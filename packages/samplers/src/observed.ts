import { type Batch, type IdMatrix, idMatrix, type Sampler, type SamplerContext } from '@losslab/core';
import { type Draws, type Kernels, kernels as loadedKernels } from '@losslab/kernels';
import * as z from 'zod';
import { Buffers } from './buffers.ts';
import { type Counters, countersOf } from './counters.ts';
import { drawFurther, furtherOptions } from './further-positives.ts';
import { checkWhole, orderOf, orderOptions } from './order.ts';
import { type TrainRows, trainRows } from './rows.ts';

/** What every sampler of observed positives takes; each adds its own. */
export const observedOptions = { ...orderOptions, ...furtherOptions };
const schema = z.strictObject(observedOptions);
export type ObservedOptions = z.output<typeof schema>;

export interface NegativeRequest {
  readonly epoch: number;
  readonly step: number;
  readonly users: Int32Array; // [B]
  readonly columns: number; // N ≥ 1
  readonly out: Int32Array; // [B, N]
  /** The kernels to write `out` with, at once or in the background: a law does not read what they write. */
  readonly draws: Draws;
}

/** How negatives are drawn. Arrays are in the kernels' memory. */
export interface NegativeLaw {
  readonly excludes: Sampler['excludes'];
  draw(request: NegativeRequest): void;
  dispose?(): void;
}

/** What a law may use. */
export interface LawContext {
  readonly kernels: Kernels;
  readonly counters: Counters;
  readonly rows: TrainRows;
  readonly buffers: Buffers;
}

export type LawFactory = (context: LawContext) => NegativeLaw;

/** In-batch negatives are other rows' positives, whoever's row it is. */
const inBatch: NegativeLaw = { excludes: 'nobody', draw: () => undefined };

/**
 * A sampler whose rows observe one training positive each, in an order of `options`, with further positives of the user
 * and with negatives of a law (not asked where the context wants them in-batch).
 */
export function observedSampler(
  name: string,
  options: ObservedOptions,
  context: SamplerContext,
  lawFactory: LawFactory,
): Sampler {
  const { batchSize, positives: M, negatives: N } = context;
  checkWhole('batchSize', batchSize, 1);
  checkWhole('positives', M, 0);
  if (N !== 'in-batch') checkWhole('negatives', N, 0);
  const kernels = loadedKernels();
  const counters = countersOf(context);
  const rows = trainRows(context.train, kernels);
  const buffers = new Buffers(kernels.memory);
  const law = N === 'in-batch' ? inBatch : lawFactory({ kernels, counters, rows, buffers });
  const leastRows = N === 'in-batch' ? 2 : 1;
  const request = { count: rows.count, batchSize, dropLast: options.dropLast, leastRows };
  const order = orderOf(options.order, kernels, counters, request, rows);
  const further = drawFurther(options.furtherPositives, counters, rows);
  const { background } = kernels;
  /** Up to where the background may still use this sampler's arrays. */
  let mark = background.mark;

  /** What is not the batch's own is copied into it, and has to be there at once. */
  function drawsFor(out: Int32Array, into: Int32Array | undefined, later: Draws | undefined): Draws {
    return later !== undefined && buffers.isTarget(out, into) ? later : kernels;
  }

  /** Writes the observed pairs of a step. */
  function observe(epoch: number, step: number, users: Int32Array, observed: Int32Array): void {
    const which = buffers.scratch('which', users.length);
    order.fill(epoch, step, which);
    for (let b = 0; b < users.length; b++) {
      users[b] = rows.users[which[b]!]!;
      observed[b] = rows.indices[which[b]!]!;
    }
  }

  function positivesOf(
    epoch: number,
    step: number,
    users: Int32Array,
    observed: Int32Array,
    into?: Int32Array,
    later?: Draws,
  ): IdMatrix {
    if (M <= 1) return idMatrix(M === 0 ? new Int32Array(0) : buffers.result(observed, into), M, users.length);
    const out = buffers.target('positives', users.length * M, into);
    further({ epoch, step, users, observed, columns: M, out, draws: drawsFor(out, into, later) });
    return idMatrix(buffers.result(out, into), M, users.length);
  }

  function negativesOf(
    epoch: number,
    step: number,
    users: Int32Array,
    into?: Int32Array,
    later?: Draws,
  ): IdMatrix | 'in-batch' {
    if (N === 'in-batch') return N;
    if (N === 0) return idMatrix(new Int32Array(0), 0, users.length);
    const out = buffers.target('negatives', users.length * N, into);
    law.draw({ epoch, step, users, columns: N, out, draws: drawsFor(out, into, later) });
    return idMatrix(buffers.result(out, into), N, users.length);
  }

  return {
    name,
    steps: order.steps,
    excludes: law.excludes,
    propose(epoch, step, into, later): Batch {
      background.settle(mark);
      const count = order.rows(step);
      const users = buffers.target('users', count, into?.users);
      const room = M === 1 ? into?.positives.data : undefined;
      const observed = buffers.target('observed', count, room);
      observe(epoch, step, users, observed);
      const negativeRoom = into?.negatives === 'in-batch' ? undefined : into?.negatives.data;
      const batch = {
        epoch,
        step,
        users: buffers.result(users, into?.users),
        positives: positivesOf(epoch, step, users, observed, into?.positives.data, later),
        negatives: negativesOf(epoch, step, users, negativeRoom, later),
      };
      mark = background.mark;
      return batch;
    },
    dispose() {
      background.settle(mark);
      law.dispose?.();
      order.dispose();
      buffers.dispose();
      rows.dispose();
    },
  };
}
