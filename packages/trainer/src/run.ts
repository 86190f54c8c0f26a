import { engineInfo } from '@losslab/backend';
import type { Dataset, Model, Session } from '@losslab/core';
import { metrics as knownMetrics, type MetricDefinitions } from '@losslab/metrics';
import { RunFolder } from '#folder';
import { checkNewLogs } from '#log';
import { parseConfig, type RunConfig } from './config.ts';
import type { RunRecord } from './folder.ts';
import type { TrainParts } from './parts.ts';
import { splitChecksum, testChecksum } from './parts-file.ts';
import { resolveEvaluation } from './resolve.ts';
import { checkFolder } from './resume.ts';
import type { ChoosingPart } from './stopping.ts';

/** What stays the same while a run runs. */
export interface Run {
  readonly dataset: Dataset;
  readonly model: Model;
  readonly config: RunConfig;
  readonly parts: TrainParts;
  readonly metrics: MetricDefinitions;
  /** The part whose metrics choose the epoch. */
  readonly part: ChoosingPart;
  readonly folder: RunFolder | undefined;
  /** Whether the folder holds a run to go on with. */
  readonly resumes: boolean;
  readonly signal: AbortSignal;
  readonly startedAt: string; // ISO 8601; of this process's share
  /** The processes that take part, this one last: `beginSession` adds it. */
  readonly sessions: Session[];
  /** SHA-256 of all parts, and of the test part alone. */
  readonly checksums: { readonly split: string; readonly testPart: string };
}

/** Checks what can be checked before the first step, and makes the run's folder. */
export function beginRun(parts: TrainParts): Run {
  const startedAt = new Date().toISOString();
  const { dataset, model, out, resume = false } = parts;
  const metrics = parts.metrics ?? knownMetrics;
  const config = resolveEvaluation(configOf(parts), { dataset, metrics, isFitted: model.kind === 'fitted' });
  const folder = out === undefined ? undefined : new RunFolder(out);
  const record = recordOf(config, dataset);
  const resumes = folder !== undefined && checkFolder(folder, record, resume);
  if (!resumes) {
    checkNewLogs(parts);
    folder?.begin(record, dataset);
  }
  const signal = parts.signal ?? new AbortController().signal;
  const part = config.protocol === 'paper' ? 'test' : 'valid';
  const sessions = resumes ? [...(folder.readRecord()?.sessions ?? [])] : [];
  const checksums = { split: record.split, testPart: testChecksum(dataset) };
  return {
    ...{ dataset, model, config, parts, metrics, part, folder, resumes, signal },
    ...{ startedAt, sessions, checksums },
  };
}

function recordOf(config: RunConfig, dataset: Dataset): RunRecord {
  const { checksum } = dataset;
  return { format: 'losslab-run/1', config, checksum, split: splitChecksum(dataset), engine: engineInfo() };
}

/** The configuration; parts that it does not name go by their own names. */
function configOf({ config = {}, model, loss, sampler, optimizer, dataset }: TrainParts): RunConfig {
  const parsed = parseConfig(config);
  return {
    ...parsed,
    data: parsed.data ?? { name: dataset.name },
    model: config.model === undefined ? { name: model.name } : parsed.model,
    ...(loss && { loss: parsed.loss ?? { name: loss.name } }),
    ...(sampler && { sampler: parsed.sampler ?? { name: sampler.name } }),
    ...(optimizer && config.optimizer === undefined && { optimizer: { name: optimizer.name } }),
  };
}
