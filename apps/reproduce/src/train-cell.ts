import { join } from 'node:path';
import type { Dataset, RunResult, TrainEvent } from '@losslab/core';
import { writeWhole } from '@losslab/report';
import { finish, parseConfig, type RunConfigInput, train } from '@losslab/trainer';
import { packageVersions, registry } from 'losslab';
import type { Cell } from './cells.ts';
import { openCellDataset } from './datasets.ts';
import { probeBatch } from './probe/batch.ts';
import { probeFlips } from './probe/flips.ts';
import { probePlane } from './probe/plane.ts';
import { type Probe, type Probed, probedFile } from './probe/probe.ts';

export interface TrainCellOptions {
  /** The folder of the cell's training; gone on from where it has one. */
  readonly out: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: TrainEvent) => void;
  readonly dataDir?: string;
  readonly threads?: number;
  /** The command as it was typed, for the result. */
  readonly command?: string;
}

/** Trains one cell in this process. */
export async function trainCell(cell: Cell, options: TrainCellOptions): Promise<RunResult> {
  const { out, signal, onEvent, dataDir, threads, command } = options;
  const begun = performance.now();
  const dataset = await openCellDataset(parseConfig(cell.config).data!, cell.protocol, {
    signal,
    ...(dataDir !== undefined && { dataDir }),
  });
  const loadSeconds = (performance.now() - begun) / 1000;
  const config = { ...cell.config, engine: 'simd' as const, ...(threads !== undefined && { threads }) };
  const told = { ...(command !== undefined && { command }), versions: packageVersions(), loadSeconds };
  const run = { config, dataset, plugins: registry, out, resume: true, signal, ...told };
  const result = await finish(train(run), onEvent);
  if (cell.probe !== undefined && result.status === 'finished') {
    const probed = await probeRun(cell.probe, cell, out, config, dataset);
    writeWhole(join(out, probedFile), JSON.stringify(probed));
  }
  return result;
}

function probeRun(
  probe: Probe,
  { seed }: Cell,
  out: string,
  config: RunConfigInput,
  dataset: Dataset,
): Promise<Probed> {
  switch (probe.kind) {
    case 'batch':
      return probeBatch(probe, out, config, dataset);
    case 'flips':
      return probeFlips(out, config, dataset);
    case 'plane':
      return probePlane(probe, out, seed);
  }
}
