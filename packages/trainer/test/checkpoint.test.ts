import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NamedArrays } from '@losslab/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Checkpoint, CheckpointStore } from '../src/checkpoint.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'losslab-checkpoint-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const arrays = (value: number): NamedArrays => ({ x: { shape: [100], data: new Float32Array(100).fill(value) } });

const checkpoint = (step: number, bestEpoch?: number): Checkpoint => ({
  progress: {
    curve: [{ epoch: 1, loss: 0.1 + 0.2, learningRate: 1e-3, seconds: 1, valid: { 'recall@5': 1 / 3 } }],
    step,
    lossSum: 0.1,
    epochSeconds: 0.5,
    steps: 7,
    seconds: { train: 1, evaluate: 2 },
  },
  last: arrays(step),
  ...(bestEpoch !== undefined && { best: { epoch: bestEpoch, arrays: arrays(-bestEpoch) } }),
});

describe('CheckpointStore', () => {
  test('gives back what was saved, every number to the bit', () => {
    new CheckpointStore(dir).save(checkpoint(3, 1));
    expect(new CheckpointStore(dir).load()).toEqual(checkpoint(3, 1));
  });

  test('nothing saved is nothing', () => expect(new CheckpointStore(dir).load()).toBeUndefined());

  test('keeps the files of one checkpoint only', () => {
    const store = new CheckpointStore(dir);
    writeFileSync(join(dir, 'last-9-9.safetensors.part'), 'a process was killed here');
    store.save(checkpoint(1, 1));
    store.save(checkpoint(2, 2));
    expect(readdirSync(dir).sort()).toEqual(['best-2.safetensors', 'checkpoint.json', 'last-1-2.safetensors']);
  });

  test('a reloaded store keeps the best weights that it did not write', () => {
    new CheckpointStore(dir).save(checkpoint(1, 1));
    const store = new CheckpointStore(dir);
    const loaded = store.load()!;
    store.save({ ...checkpoint(2), best: loaded.best! });
    expect(new CheckpointStore(dir).load()?.best).toEqual({ epoch: 1, arrays: arrays(-1) });
  });

  test('a process that dies between the weights and the index leaves the old checkpoint', () => {
    const store = new CheckpointStore(dir);
    store.save(checkpoint(1, 1));
    copyFileSync(join(dir, 'last-1-1.safetensors'), join(dir, 'last-1-2.safetensors')); // the new weights, no index
    expect(new CheckpointStore(dir).load()).toEqual(checkpoint(1, 1));
  });

  test.each(['last-1-3.safetensors', 'best-1.safetensors', 'checkpoint.json'])('tells that %s is cut short', (file) => {
    new CheckpointStore(dir).save(checkpoint(3, 1));
    const path = join(dir, file);
    truncateSync(path, readFileSync(path).length - 5);
    expect(() => new CheckpointStore(dir).load()).toThrow(/expected .*, got .*; delete the folder and train again$/);
  });

  test('tells that a byte has changed', () => {
    new CheckpointStore(dir).save(checkpoint(3));
    const path = join(dir, 'last-1-3.safetensors');
    const bytes = readFileSync(path);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(path, bytes);
    expect(() => new CheckpointStore(dir).load()).toThrow(/expected SHA-256 \w{12}… in .*, got another/);
  });

  test('tells that a weight file is gone', () => {
    new CheckpointStore(dir).save(checkpoint(3));
    rmSync(join(dir, 'last-1-3.safetensors'));
    expect(() => new CheckpointStore(dir).load()).toThrow(/expected a weight file in .*, got none/);
  });

  test('refuses another format', () => {
    writeFileSync(join(dir, 'checkpoint.json'), '{"format":"losslab-checkpoint/9"}');
    expect(() => new CheckpointStore(dir).load()).toThrow(
      /expected losslab-checkpoint\/1 in .*, got "losslab-checkpoint\/9"/,
    );
  });
});
