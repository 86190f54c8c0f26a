import type { RunResult, TrainEvent } from '@losslab/core';
import { finish, parseConfig, train } from '@losslab/trainer';
import { registry } from 'losslab';
import type { Cell } from './cells.ts';
import { openCellDataset } from './datasets.ts';

export interface TrainCellOptions {
  /** The folder of the cell's training; gone on from where it has one. */
  readonly out: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: TrainEvent) => void;
  readonly dataDir?: string;
  readonly threads?: number;
}

/** Trains one cell in this process. */
export async function trainCell(cell: Cell, options: TrainCellOptions): Promise<RunResult> {
  const { out, signal, onEvent, dataDir, threads } = options;
  const begun = performance.now();
  const dataset = await openCellDataset(parseConfig(cell.config).data!, cell.protocol, {
    signal,
    ...(dataDir !== undefined && { dataDir }),
  });
  const loadSeconds = (performance.now() - begun) / 1000;
  const config = { ...cell.config, engine: 'simd' as const, ...(threads !== undefined && { threads }) };
  return finish(train({ config, dataset, plugins: registry, out, resume: true, signal, loadSeconds }), onEvent);
}
