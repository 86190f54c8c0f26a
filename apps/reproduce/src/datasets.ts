import type { Dataset, Protocol } from '@losslab/core';
import { openDataset } from '@losslab/data';
import { openOptions } from 'losslab';

/** Splits and noise do not vary with the seed of a run: all runs of a sweep see the same parts. */
export const dataSeed = 1;

export interface OpenCellOptions {
  readonly dataDir?: string;
  readonly signal?: AbortSignal;
  /** Whether data that is not at hand is fetched; true where absent. */
  readonly fetch?: boolean;
}

/**
 * The data of a cell, with the options of reading that its configuration has. Under protocol `paper` a validation part that
 * the files have is left out, as the authors leave it out: it is not trained on, and its items stay among the
 * candidates at test.
 */
export async function openCellDataset(
  { name, ...reading }: { readonly name: string; readonly [option: string]: unknown },
  protocol: Protocol,
  options: OpenCellOptions = {},
): Promise<Dataset> {
  const dataset = await openDataset(name, {
    ...openOptions(name, { ...reading, seed: dataSeed }, protocol),
    ...options,
  });
  return protocol === 'paper' ? withoutValidation(dataset) : dataset;
}

function withoutValidation(dataset: Dataset): Dataset {
  const { valid, ...rest } = dataset;
  if (valid === undefined) return dataset;
  const note = 'The validation part is not read, as in the authors’ code: its items are candidates at test.';
  return { ...rest, provenance: [...dataset.provenance, note] };
}
