import cliProgress from 'cli-progress';
import { cellName } from '../cells.ts';
import type { SweepEvent } from '../sweep/sweep.ts';
import { describeEvent, describeResult, metricOf } from './describe.ts';

/** Progress bars on a terminal: one for the sweep, one for each cell that is running. */
export function barProgress(stream: NodeJS.WritableStream): { onEvent: (event: SweepEvent) => void; stop: () => void } {
  const bars = new cliProgress.MultiBar(
    {
      format: '{bar} {percentage}% {label} {text}',
      hideCursor: true,
      clearOnComplete: false,
      barsize: 24,
      stream,
      emptyOnZero: true,
    },
    cliProgress.Presets.shades_classic,
  );
  let whole: cliProgress.SingleBar | undefined;
  const running = new Map<number, cliProgress.SingleBar>();
  const close = (index: number, line: string): void => {
    const bar = running.get(index);
    if (bar !== undefined) bars.remove(bar);
    running.delete(index);
    bars.log(`${line}\n`);
    whole?.increment();
  };
  const onEvent = (event: SweepEvent): void => {
    if (event.kind === 'plan') {
      whole = bars.create(event.cells, event.reused, { label: 'trainings', text: `${event.cells}` });
    } else if (event.kind === 'start') {
      running.set(event.index, bars.create(1, 0, { label: cellName(event.cell), text: 'loading' }));
    } else if (event.kind === 'finish') {
      close(event.index, `${cellName(event.cell)}: ${describeResult(event.result, metricOf(event.cell))}`);
    } else if (event.kind === 'fail') {
      close(event.index, `${cellName(event.cell)}: failed: ${event.error.message}`);
    } else if (event.kind === 'train') {
      advance(running.get(event.index), event);
    }
  };
  return { onEvent, stop: () => bars.stop() };
}

function advance(
  bar: cliProgress.SingleBar | undefined,
  { cell, event }: Extract<SweepEvent, { kind: 'train' }>,
): void {
  if (bar === undefined) return;
  if (event.kind === 'start') bar.setTotal(event.epochs * event.stepsPerEpoch);
  if (event.kind === 'step') bar.update((event.epoch - 1) * event.steps + event.step + 1);
  const text = describeEvent(event, metricOf(cell));
  if (text !== undefined) bar.update({ text });
}
