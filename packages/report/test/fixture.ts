import type { EpochRecord, RunResult } from '@losslab/core';

type Overrides = Partial<RunResult> & { readonly lossName?: string };

/** A result as a finished run leaves it, with numbers made up for these tests. */
export function runResult({ lossName = 'bsl', ...overrides }: Overrides = {}): RunResult {
  return {
    format: 'losslab-run/1',
    status: 'finished',
    dataset: {
      name: 'toy',
      checksum: 'ab'.repeat(32),
      statistics: { users: 100, items: 50, train: 1200, valid: 130, test: 140, density: 0.294 },
      provenance: ['Split per user, 80/10/10.'],
    },
    model: { name: 'mf', options: {} },
    loss: { name: lossName, options: { tau1: 0.1 } },
    protocol: 'clean',
    seed: 1,
    epochs: 3,
    bestEpoch: 2,
    stoppedBy: 'epochs',
    metrics: { 'recall@20': 0.2, 'ndcg@20': 0.1 },
    definitions: { recall: 'hits / relevant items' },
    evaluatedUserCount: 98,
    leftOutUserCount: 2,
    curve: [0.1, 0.2, 0.15].map((recall, k) => epochRecord(k + 1, recall)),
    seconds: { load: 0.1, train: 12, evaluate: 1 },
    millisecondsPerStep: 4.2,
    steps: 300,
    peakMemoryBytes: 200 * 1024 ** 2,
    engine: { name: 'simd', build: 'plain', threads: 2 },
    options: { epochs: 3, loss: { name: lossName } },
    versions: { losslab: '0.0.0' },
    machine: { cpu: 'Some CPU', cores: 2, memoryBytes: 8 * 1024 ** 3, system: 'linux' },
    finishedAt: '2024-05-06T07:08:09.000Z',
    ...overrides,
  };
}

export function epochRecord(epoch: number, recall: number): EpochRecord {
  return { epoch, loss: 1 / epoch, learningRate: 0.001, seconds: 1, valid: { 'recall@20': recall } };
}
