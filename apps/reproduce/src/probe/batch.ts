import type { Dataset, Loss } from '@losslab/core';
import { inspectBatch, loadRun, prepare, type RunConfigInput } from '@losslab/trainer';
import { registry } from 'losslab';
import type { Probed } from './probe.ts';
import type { Between } from './watched.ts';

/**
 * The first batch of the next epoch under the trained weights, of the procedure's first stream that has negatives: what the loss's `inspect` shows of it, by its names, and
 * `negativeScores`.
 */
export interface BatchProbe {
  readonly kind: 'batch';
  /** At most so many numbers of each. */
  readonly most: number;
  /** The same in the midst of the first epoch, by the names with `first` in front: `firstPositiveWeights`. */
  readonly first?: Between;
}

/** `firstPositiveWeights` for `positiveWeights`, at most so many numbers of each. */
export function namedFirst(shown: Probed, most: number): Probed {
  const first = (name: string): string => `first${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return Object.fromEntries(Object.entries(shown).map(([name, values]) => [first(name), values.slice(0, most)]));
}

export async function probeBatch(
  { most }: BatchProbe,
  run: string,
  config: RunConfigInput,
  dataset: Dataset,
): Promise<Probed> {
  const { arrays, result, dispose } = await loadRun(run, registry);
  dispose();
  const parts = prepare({ config, dataset, plugins: registry });
  try {
    const { model, loss, sampler, streams = {} } = parts;
    if (model.kind === 'fitted' || loss === undefined || sampler === undefined) return {};
    model.parameters.load(arrays);
    const batches = [sampler, ...Object.values(streams)].map((of) => of.propose((result?.epochs ?? 0) + 1, 0));
    const batch = batches.find(({ negatives }) => negatives === 'in-batch' || negatives.columns > 0) ?? batches[0]!;
    const scores: Loss = { ...loss, inspect: ({ negative }) => ({ negativeScores: negative }) };
    const shown = { ...inspectBatch({ model, loss, batch }), ...inspectBatch({ model, loss: scores, batch }) };
    return Object.fromEntries(
      Object.entries(shown).map(([name, { data }]) => [name, Array.from(data.subarray(0, most))]),
    );
  } finally {
    parts.dispose();
  }
}
