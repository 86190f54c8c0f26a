import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Dataset, LosslabError } from '@losslab/core';
import { datasetNames, openDataset } from '@losslab/data';
import type { Named, RunConfigInput } from '@losslab/trainer';
import { parseConfig } from '@losslab/trainer';
import { openOptions } from '../cli/data-options.ts';
import { type Bar, dataProgress } from '../cli/progress.ts';

export interface OpenedData {
  readonly dataset: Dataset;
  /** The configuration with the data as it was opened. */
  readonly config: RunConfigInput;
  readonly seconds: number;
}

export interface Surroundings {
  readonly dataDir?: string | undefined;
  readonly signal: AbortSignal;
  readonly bar: Bar;
}

/** Checks the configuration, then opens its data. @throws LosslabError as `parseConfig` and `openDataset` do */
export async function openData(config: RunConfigInput, { dataDir, signal, bar }: Surroundings): Promise<OpenedData> {
  const { data, protocol } = parseConfig(config);
  if (data === undefined) throw noData();
  const { name, ...given } = data;
  const began = performance.now();
  const options = openOptions(name, given, protocol);
  const dataset = await openDataset(name, { ...options, dataDir, signal, onProgress: dataProgress(bar) });
  const seconds = (performance.now() - began) / 1000;
  const { protocol: _, ...kept } = options;
  return { dataset, config: { ...config, data: { name: wholePath(name), ...kept } as Named }, seconds };
}

/** Paths are kept whole, so that a run can be gone on with from any folder. */
function wholePath(name: string): string {
  return !datasetNames().includes(name) && existsSync(name) ? resolve(name) : name;
}

function noData(): LosslabError {
  const known = datasetNames().join(', ');
  return new LosslabError(
    'bad-option',
    `[losslab] expected a data set, got none; name a file, a folder, or one of ${known}`,
    {
      where: '--data',
    },
  );
}
