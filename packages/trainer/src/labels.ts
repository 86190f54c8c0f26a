import { type Dataset, type LabelledPairs, type Loss, LosslabError, type Step } from '@losslab/core';
import { checkBothLabels, usualLabelledMetrics } from '@losslab/metrics';
import type { RunConfig, RunConfigInput } from './config.ts';

/** Whether a run learns from labelled pairs. */
export function takesLabels({ needs }: Loss, { streams }: Step): boolean {
  return needs.labelled || streams.some(({ source }) => source === 'labelled' || source === 'labelled-held-out');
}

/**
 * Labels are there where the loss or the procedure wants them, and of both kinds.
 * @throws LosslabError `missing-data`, `bad-data`
 */
export function checkLabels(loss: Loss, step: Step, dataset: Dataset): void {
  if (!takesLabels(loss, step)) return;
  labelledPart(dataset, 'train', loss.needs.labelled ? loss.name : step.name);
}

/**
 * The labelled pairs of a part.
 * @param what wants them, for the message
 * @throws LosslabError `missing-data` where there are none, `bad-data` where they are of one label
 */
export function labelledPart(
  { labelled, name }: Dataset,
  part: 'train' | 'valid' | 'test',
  what: string,
): LabelledPairs {
  const pairs = labelled?.[part];
  if (pairs === undefined) {
    throw new LosslabError(
      'missing-data',
      `[trainer] expected labelled pairs for ${what}, got none in ${name}; choose data with labels, make some of ratings (data.labels), or take another loss`,
      { where: 'data' },
    );
  }
  checkBothLabels(pairs, `labelled ${part} pairs in ${name}`);
  return pairs;
}

/**
 * Where the configuration leaves them open, and the parts that are evaluated have labels: metrics of labelled pairs besides the
 * usual ones, and AUC to choose the epoch.
 */
export function withLabelledMetrics(run: RunConfig, given: RunConfigInput, { valid, labelled }: Dataset): RunConfig {
  if (labelled === undefined || (valid !== undefined && labelled.valid === undefined)) return run;
  const named = usualLabelledMetrics.map((name) => ({ name }));
  return {
    ...run,
    ...(given.metrics === undefined && { metrics: [...run.metrics, ...named] }),
    ...(given.stopOn === undefined && { stopOn: 'auc' }),
  };
}
