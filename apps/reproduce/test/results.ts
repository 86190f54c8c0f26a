import type { RunResult } from '@losslab/core';
import type { Cell } from '../src/index.ts';

/** A result with made-up numbers, as a cell's training leaves it. */
export function resultOf(cell: Cell, recall: number, overrides: Partial<RunResult> = {}): RunResult {
  const part = cell.protocol === 'paper' ? 'test' : 'valid';
  return {
    format: 'losslab-run/1',
    status: 'finished',
    dataset: {
      name: cell.dataset,
      checksum: '0f'.repeat(32),
      statistics: { users: 100, items: 50, train: 1000, valid: 100, test: 100, density: 0.24 },
      provenance: [],
    },
    model: { name: 'mf', options: {} },
    loss: { name: cell.method, options: {} },
    protocol: cell.protocol,
    seed: cell.seed,
    epochs: 3,
    bestEpoch: 2,
    stoppedBy: 'epochs',
    metrics: { 'recall@20': recall, 'ndcg@20': recall * 0.9 },
    ...(cell.protocol === 'clean' && { validation: { 'recall@20': recall * 1.1 } }),
    definitions: { recall: 'hits / relevant items' },
    evaluatedUserCount: 100,
    leftOutUserCount: 0,
    curve: [1, 2, 3].map((epoch) => ({
      epoch,
      loss: 1 / epoch,
      learningRate: 0.001,
      seconds: 1,
      [part]: { 'recall@20': recall * (1 - Math.abs(2 - epoch) / 10) },
    })),
    seconds: { load: 0.1, train: 3, evaluate: 0.2 },
    millisecondsPerStep: 5,
    steps: 30,
    peakMemoryBytes: 2 ** 28,
    engine: { name: 'simd', build: 'plain', threads: 2 },
    options: { seed: cell.seed },
    versions: { losslab: '0.0.0' },
    machine: { cpu: 'Some CPU', cores: 2, memoryBytes: 2 ** 33, system: 'linux' },
    finishedAt: '2024-05-06T07:08:09.000Z',
    ...overrides,
  };
}
