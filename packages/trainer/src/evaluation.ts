import type { Model } from '@losslab/core';
import { type Evaluation, evaluate } from '@losslab/metrics';
import { checkedRanker, scoringError } from './checked-ranker.ts';
import type { Run } from './run.ts';

export interface TimedEvaluation extends Evaluation {
  readonly seconds: number;
}

/** Full ranking against one part: training items are left out, and at test the validation items too, unless `mask` is `train`. */
export function evaluatePart({ dataset, config, metrics }: Run, model: Model, part: 'valid' | 'test'): TimedEvaluation {
  const began = performance.now();
  const ranker = checkedRanker(model, dataset.train);
  try {
    const evaluation = evaluate({
      ranker,
      train: dataset.train,
      ...(part === 'test' && config.mask !== 'train' && dataset.valid && { valid: dataset.valid }),
      test: dataset[part]!,
      pairs: dataset.labelled?.[part],
      at: config.at,
      metrics: config.metrics,
      known: metrics,
    });
    return { ...evaluation, seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    throw scoringError(error, model);
  } finally {
    ranker.dispose();
  }
}
