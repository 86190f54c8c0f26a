import type { Batch, BatchStream, Sampler, ScoreFn } from '@losslab/core';
import { type Kernels, kernels as loadedKernels } from '@losslab/kernels';
import { BatchSlot } from './slot.ts';

export interface AheadOptions {
  /** Where to begin in the epoch. */
  readonly firstStep?: number;
  readonly kernels?: Kernels;
}

/**
 * The batches of an epoch, each proposed before the one in front of it is handed out: its kernels wait in the background for
 * threads that have nothing else to do, and what is left of them is done when the batch is asked for. A batch is valid
 * until the next one is asked for: two slots in the kernels' memory take turns, so that steps allocate nothing that grows.
 * `refine` is left to the caller, as it needs current scores.
 */
export function* aheadOf(
  sampler: Sampler,
  epoch: number,
  options: AheadOptions = {},
): Generator<Batch, void, undefined> {
  const { firstStep = 0, kernels = loadedKernels() } = options;
  const slots = [new BatchSlot(kernels.memory), new BatchSlot(kernels.memory)] as const;
  const { background } = kernels;
  let mark = background.mark;
  const propose = (step: number): Batch | undefined => {
    const batch = step < sampler.steps ? slots[step & 1 ? 1 : 0].propose(sampler, epoch, step, background) : undefined;
    mark = background.mark;
    return batch;
  };
  try {
    let batch = propose(firstStep);
    for (let step = firstStep; batch !== undefined; step++) {
      background.settle(mark);
      const next = propose(step + 1);
      yield batch;
      batch = next;
    }
  } finally {
    background.settle(mark);
    for (const slot of slots) slot.dispose();
  }
}

/** A stream that can be given back. */
export interface DisposableBatchStream extends BatchStream {
  dispose(): void;
}

/**
 * The batches of an epoch by number, refined by current scores where the sampler does that. The batch of a step is valid until
 * the next is asked for. Asked for in order, the next one is proposed beforehand.
 */
export function batchStream(
  sampler: Sampler,
  epoch: number,
  score: ScoreFn,
  options: Omit<AheadOptions, 'firstStep'> = {},
): DisposableBatchStream {
  let ahead: Generator<Batch, void, undefined> | undefined;
  let expectedStep = -1;
  const dispose = (): void => {
    ahead?.return();
    ahead = undefined;
  };
  return {
    steps: sampler.steps,
    batch(step) {
      if (ahead === undefined || step !== expectedStep) {
        dispose();
        ahead = aheadOf(sampler, epoch, { ...options, firstStep: step });
      }
      expectedStep = step + 1;
      const batch = { ...(ahead.next().value ?? sampler.propose(epoch, step)), steps: sampler.steps };
      return sampler.refine?.(batch, score) ?? batch;
    },
    dispose,
  };
}
