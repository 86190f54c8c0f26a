import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Dataset, LosslabError } from '@losslab/core';
import { datasetNames, openDataset } from '@losslab/data';
import { type Named, parseConfig, type RunConfigInput } from '@losslab/trainer';
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
  /** Seconds without a byte after which a fetch is given up. */
  readonly patience?: number;
}

/** Checks the configuration, then opens its data. @throws LosslabError as `parseConfig` and `openDataset` do */
export async function openData(config: RunConfigInput, surroundings: Surroundings): Promise<OpenedData> {
  const { data, protocol } = parseConfig(config);
  if (data === undefined) throw noData();
  const { name, ...given } = data;
  const began = performance.now();
  try {
    const { bar, ...rest } = surroundings;
    const { protocol: _, ...options } = openOptions(name, given, protocol);
    const dataset = await openDataset(name, { ...options, protocol, ...rest, onProgress: dataProgress(bar) });
    const seconds = (performance.now() - began) / 1000;
    return { dataset, config: { ...config, data: { name: wholePath(name), ...options } as Named }, seconds };
  } catch (error) {
    throw withFlag(error);
  }
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

/** Errors of reading come from `--data`, unless they name an option of its own. */
function withFlag(error: unknown): unknown {
  if (!(error instanceof LosslabError)) return error;
  const { code, message, where = '' } = error;
  if (['split', 'format', 'columns', 'minRating', 'kCore', 'labels', 'protocol'].includes(where)) return error;
  const generator = code === 'bad-option' && message.match(/^\[data generate( plays)?\]/);
  const flag = generator ? `--set data.${generator[1]?.trim() ?? 'generate'}.${where}` : '--data';
  const text = generator ? message.replace(`${where}: `, '') : message;
  return new LosslabError(code, text, { where: flag, cause: error });
}
