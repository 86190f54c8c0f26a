import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, RunResult, TrainEvent } from '@losslab/core';
import { writeWhole } from '@losslab/report';
import { finish, parseConfig, type RunConfigInput, type TrainOptions, train } from '@losslab/trainer';
import { packageVersions, registry } from 'losslab';
import type { Cell } from './cells.ts';
import { openCellDataset } from './datasets.ts';
import { namedFirst, probeBatch } from './probe/batch.ts';
import { probeFlips } from './probe/flips.ts';
import { probePlane } from './probe/plane.ts';
import { type Probe, type Probed, probedFile } from './probe/probe.ts';
import { probeSteps } from './probe/steps.ts';
import { trainWatched } from './probe/watched.ts';

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
  const result = await finish(training(run, cell.probe, out), onEvent);
  if (cell.probe !== undefined && result.status === 'finished') {
    const probed = await probeRun(cell.probe, cell, out, config, dataset);
    writeWhole(join(out, probedFile), JSON.stringify(probed));
  }
  return result;
}

/** What a probe finds while the training runs, until the training has ended. */
const [firstFile, logFile] = ['first.json', 'steps.jsonl'];

function training(run: TrainOptions, probe: Probe | undefined, out: string): ReturnType<typeof train> {
  if (probe?.kind === 'steps') return train({ ...run, log: [{ kind: 'jsonl', path: join(out, logFile) }] });
  if (probe?.kind !== 'batch' || probe.first === undefined) return train(run);
  return trainWatched(run, probe.first, (shown) =>
    writeWhole(join(out, firstFile), JSON.stringify(namedFirst(shown, probe.most))),
  );
}

async function probeRun(
  probe: Probe,
  { seed }: Cell,
  out: string,
  config: RunConfigInput,
  dataset: Dataset,
): Promise<Probed> {
  switch (probe.kind) {
    case 'batch':
      return { ...firstOf(out), ...(await probeBatch(probe, out, config, dataset)) };
    case 'flips':
      return probeFlips(out, config, dataset);
    case 'plane':
      return probePlane(probe, out, seed);
    case 'steps':
      return probeSteps(probe, join(out, logFile));
  }
}

/** What a probe kept of an earlier moment of the training. */
function firstOf(out: string): Probed {
  const path = join(out, firstFile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}
