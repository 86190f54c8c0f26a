import { cellName } from '../cells.ts';
import type { SweepEvent } from '../sweep/sweep.ts';
import { describeEvent, describeResult, metricOf } from './describe.ts';

const quiet = 15_000; // ms between two lines on the epochs of one cell

/** Progress as plain lines, for pipes and logs. */
export function lineProgress(write: (line: string) => void): (event: SweepEvent) => void {
  let cells = 0;
  const last = new Map<number, number>();
  return (event) => {
    if (event.kind === 'plan') {
      cells = event.cells;
      const kept = event.reused > 0 ? `, ${event.reused} of them finished before` : '';
      write(`${event.cells} ${event.cells === 1 ? 'training' : 'trainings'}${kept}`);
      return;
    }
    if (event.kind === 'reuse') return;
    const label = `[${event.index + 1}/${cells}] ${cellName(event.cell)}`;
    if (event.kind === 'start') write(`${label}: starts`);
    if (event.kind === 'finish') write(`${label}: ${describeResult(event.result, metricOf(event.cell))}`);
    if (event.kind === 'fail') write(`${label}: failed: ${event.error.message}`);
    if (event.kind !== 'train') return;
    const now = performance.now();
    const text = describeEvent(event.event, metricOf(event.cell));
    const isEpoch = event.event.kind === 'epoch';
    if (text === undefined || (isEpoch && now - (last.get(event.index) ?? Number.NEGATIVE_INFINITY) < quiet)) return;
    if (isEpoch) last.set(event.index, now);
    write(`${label}: ${text}`);
  };
}
