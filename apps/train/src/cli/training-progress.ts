import type { EpochRecord, TrainEvent } from '@losslab/core';
import { formatMetric, formatSeconds } from '@losslab/report';
import type { Bar } from './progress.ts';

export interface TrainingProgressOptions {
  readonly bar: Bar;
  /** A bar moves; without one, there is a line an epoch. */
  readonly moves: boolean;
  /** Put in front of every line: the seed, or the name of the run. */
  readonly label?: string;
}

/** Draws a training run from its events. */
export function trainingProgress(options: TrainingProgressOptions): (event: TrainEvent) => void {
  const { bar, moves, label } = options;
  const prefix = label === undefined ? '' : `${label}: `;
  let [epochs, stepsPerEpoch, loss] = [0, 0, Number.NaN];
  let [best, metric] = ['', ''];
  const draw = (epoch: number, step: number): void => {
    const text = `${prefix}epoch ${epoch} of ${epochs}, loss ${loss.toPrecision(4)}${best}`;
    bar.update((epoch - 1) * stepsPerEpoch + step, epochs * stepsPerEpoch, text);
  };
  return (event) => {
    if (event.kind === 'start') {
      bar.stop(); // that of what came before
      ({ epochs, stepsPerEpoch, stopOn: metric } = event);
      if (event.resumedAt !== undefined) bar.note(`${prefix}going on in epoch ${event.resumedAt}`);
    } else if (event.kind === 'step') {
      loss = Number.isNaN(loss) || event.step === 0 ? event.loss : loss + (event.loss - loss) / 50; // a running mean
      draw(event.epoch, event.step + 1);
    } else if (event.kind === 'best') best = `, best ${metric} ${formatMetric(event.value)} in epoch ${event.epoch}`;
    else if (event.kind === 'warning') bar.note(`${prefix}warning: ${event.message}`);
    else if (event.kind === 'epoch' && !moves) bar.note(`${prefix}${epochLine(event.record, epochs, metric)}`);
  };
}

function epochLine(record: EpochRecord, epochs: number, metric: string): string {
  const value = record.valid?.[metric] ?? record.test?.[metric];
  const part = record.valid === undefined ? 'test' : 'valid';
  const measured = value === undefined ? '' : `  ${part} ${metric} ${formatMetric(value)}`;
  const number = String(record.epoch).padStart(String(epochs).length);
  return `epoch ${number} of ${epochs}  loss ${record.loss.toPrecision(4)}${measured}  ${formatSeconds(record.seconds)}`;
}
