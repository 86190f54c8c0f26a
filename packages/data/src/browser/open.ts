import type { Dataset } from '@losslab/core';
import { expected } from '../errors.ts';
import { generatedNamed } from '../generate/named.ts';
import { injectFalsePositives } from '../inject.ts';
import { openFile } from '../open-file.ts';
import type { OpenOptions } from '../open-options.ts';
import type { Input } from '../read/source.ts';

/**
 * Opens a data set: `generated`, `generated-plays`, or a file that a person chose, which is split.
 * @throws LosslabError `missing-data`, `bad-data` or `bad-option`, saying what to do
 */
export async function openDataset(nameOrFile: Input, options: OpenOptions): Promise<Dataset> {
  const dataset = await openClean(nameOrFile, options);
  const { falsePositives: rate, seed } = options;
  return rate === undefined ? dataset : injectFalsePositives(dataset, rate, seed);
}

async function openClean(nameOrFile: Input, options: OpenOptions): Promise<Dataset> {
  if (typeof nameOrFile !== 'string') return openFile(nameOrFile, options);
  const generated = generatedNamed(nameOrFile, options);
  if (generated !== undefined) return generated;
  throw expected('missing-data', 'a File in a browser', nameOrFile, 'let people choose one', 'data');
}
