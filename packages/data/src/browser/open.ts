import type { Dataset } from '@losslab/core';
import { expected } from '../errors.ts';
import { generate } from '../generate/generate.ts';
import { injectFalsePositives } from '../inject.ts';
import { openFile } from '../open-file.ts';
import type { OpenOptions } from '../open-options.ts';
import type { Input } from '../read/source.ts';
import { GENERATED } from '../registry/registry.ts';

/**
 * Opens a data set: `generated`, or a file that a person chose, which is split.
 * @throws LosslabError `missing-data`, `bad-data` or `bad-option`, saying what to do
 */
export async function openDataset(nameOrFile: Input, options: OpenOptions): Promise<Dataset> {
  const dataset = await openClean(nameOrFile, options);
  const { falsePositives: rate, seed } = options;
  return rate === undefined ? dataset : injectFalsePositives(dataset, rate, seed);
}

async function openClean(nameOrFile: Input, options: OpenOptions): Promise<Dataset> {
  if (typeof nameOrFile !== 'string') return openFile(nameOrFile, options);
  if (nameOrFile === GENERATED) return generate(options.generate, options).dataset;
  throw expected('missing-data', 'a File in a browser', nameOrFile, 'let people choose one', 'data');
}
