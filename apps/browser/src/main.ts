import type { EpochRecord } from '@losslab/core';
import { drawCurve } from './chart.ts';
import { readForm, setRunning } from './form.ts';
import type { Told } from './messages.ts';
import { element, showEngine, showError, showFinish, showProgress, showWarning, startOver } from './view.ts';

let worker: Worker | undefined;

/** Starts a worker of its own for each training: the kernels' build is chosen once a worker. */
function start(): void {
  worker?.terminate();
  startOver();
  setRunning(true);
  const curve: EpochRecord[] = [];
  worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Told>) => hear(data, curve));
  worker.addEventListener('error', ({ message }) => fail(message ?? 'The worker does not load.'));
  worker.postMessage(readForm());
}

function hear(told: Told, curve: EpochRecord[]): void {
  if (told.kind === 'start') showEngine(told);
  if (told.kind === 'warning') showWarning(told.message);
  if (told.kind === 'error') fail(told.message);
  if (told.kind === 'epoch') {
    curve.push(told.record);
    drawCurve(curve);
    showProgress(told);
  }
  if (told.kind === 'finish') {
    drawCurve(curve, told.result.bestEpoch);
    showFinish(told);
    setRunning(false);
  }
}

function fail(message: string): void {
  worker?.terminate();
  showError(message);
  setRunning(false);
}

element('form').addEventListener('submit', (event) => {
  event.preventDefault();
  start();
});
element('stop').addEventListener('click', () => worker?.postMessage('stop'));
setRunning(false);
