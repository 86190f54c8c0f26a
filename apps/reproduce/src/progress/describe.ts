import type { RunResult, TrainEvent } from '@losslab/core';
import { formatMetric, formatSeconds } from '@losslab/report';
import type { Cell } from '../cells.ts';

/** The metric that chooses the epoch of a cell. */
export function metricOf({ config }: Cell): string {
  return config.stopOn ?? '';
}

/** `epoch 3: loss 2.1034, valid recall@20 0.1812`, for what is worth a line; undefined for the rest. */
export function describeEvent(event: TrainEvent, metric: string): string | undefined {
  if (event.kind === 'epoch') {
    const { epoch, loss, valid, test } = event.record;
    const value = valid?.[metric] ?? test?.[metric];
    const part = valid === undefined ? 'test' : 'valid';
    return `epoch ${epoch}: loss ${loss.toFixed(4)}${value === undefined ? '' : `, ${part} ${metric} ${formatMetric(value)}`}`;
  }
  if (event.kind === 'warning') return `warning: ${event.message}`;
  if (event.kind === 'start' && event.resumedAt !== undefined) return `goes on from epoch ${event.resumedAt}`;
  return undefined;
}

/** `valid recall@20 0.1882 at epoch 48 of 60, 3 min 05 s`: the metric of the part that chose the epoch. */
export function describeResult(result: RunResult, metric: string): string {
  const [part, values] = result.validation === undefined ? ['test', result.metrics] : ['valid', result.validation];
  const value = formatMetric(values[metric] ?? Number.NaN);
  return `${part} ${metric} ${value} at epoch ${result.bestEpoch} of ${result.epochs}, ${formatSeconds(result.seconds.train)}`;
}
