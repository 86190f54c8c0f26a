import { useEngine } from '@losslab/backend';
import type { RunResult, Step, TrainEvent } from '@losslab/core';
import { inspectBatch, type PreparedParts, prepare, type TrainOptions, trainParts } from '@losslab/trainer';
import type { Probed } from './probe.ts';

/** Where in the first epoch to look: between the passes over two streams of the procedure. */
export interface Between {
  readonly after: string;
  readonly before: string;
}

/**
 * Trains as `train` does on engine `simd`, and tells `keep` what the loss's `inspect` shows of the first batch of stream `before` in
 * epoch 1, once the pass over `after` is done.
 */
export async function* trainWatched(
  { config, dataset, plugins, ...surroundings }: TrainOptions,
  between: Between,
  keep: (shown: Probed) => void,
): AsyncGenerator<TrainEvent, RunResult> {
  const { threads } = config as { threads?: number };
  await useEngine('simd', threads === undefined ? {} : { threads });
  const parts = prepare({ config, dataset, plugins });
  try {
    return yield* trainParts({ ...parts, ...surroundings, step: watched(parts, between, keep) });
  } finally {
    parts.dispose();
  }
}

function watched(
  { step, model, loss }: PreparedParts,
  { after, before }: Between,
  keep: (shown: Probed) => void,
): Step {
  if (step === undefined || loss === undefined || model.kind === 'fitted') throw new Error('[reproduce] nothing steps');
  return {
    ...step,
    async *epoch(context) {
      const last = context.streams[after]!.steps - 1;
      for await (const event of step.epoch(context)) {
        yield event;
        if (context.epoch > 1 || event.step !== last) continue;
        const shown = inspectBatch({ model, loss, batch: context.streams[before]!.batch(0) });
        keep(Object.fromEntries(Object.entries(shown).map(([name, { data }]) => [name, Array.from(data)])));
      }
    },
  };
}
