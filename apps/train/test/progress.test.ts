import { PassThrough } from 'node:stream';
import type { RunResult, TrainEvent } from '@losslab/core';
import { expect, test } from 'vitest';
import { makeBar } from '../src/cli/progress.ts';
import { trainingProgress } from '../src/cli/training-progress.ts';

/** A stream that keeps what is written. */
function screen(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 100, rows: 24 });
  let seen = '';
  stream.on('data', (chunk) => {
    seen += chunk;
  });
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => seen };
}

const record = { epoch: 1, loss: 0.25, learningRate: 0.01, seconds: 1.5, valid: { 'recall@20': 0.125 } };
const events: TrainEvent[] = [
  { kind: 'start', epochs: 2, stepsPerEpoch: 10, stopOn: 'recall@20' },
  { kind: 'step', epoch: 1, step: 0, steps: 10, loss: 0.5, milliseconds: 1 },
  { kind: 'warning', message: 'mind this' },
  { kind: 'epoch', record },
  { kind: 'best', epoch: 1, metric: 'recall@20', value: 0.125 },
  { kind: 'step', epoch: 2, step: 4, steps: 10, loss: 0.4, milliseconds: 1 },
  { kind: 'finish', result: {} as RunResult },
];

test('a pipe gets a line an epoch and no control characters', () => {
  const { stream, text } = screen(false);
  const bar = makeBar(stream);
  events.forEach(trainingProgress({ bar, moves: false, label: 'seed 3' }));
  bar.stop();
  expect(text()).toBe('seed 3: warning: mind this\nseed 3: epoch 1 of 2  loss 0.2500  valid recall@20 0.1250  1.5 s\n');
});

test('a terminal gets a bar, and lines that stay above it', async () => {
  const { stream, text } = screen(true);
  const bar = makeBar(stream);
  const progress = trainingProgress({ bar, moves: true });
  for (const event of events) {
    progress(event);
    await new Promise((resolve) => setTimeout(resolve, 150)); // the bar draws itself eight times a second
  }
  bar.stop();
  bar.stop();
  expect(text()).toContain('warning: mind this\n');
  expect(text()).toContain('75%  epoch 2 of 2, loss 0.4980, best recall@20 0.1250 in epoch 1');
  expect(text()).not.toContain('epoch 1 of 2  loss');
});
