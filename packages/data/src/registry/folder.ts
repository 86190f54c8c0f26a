import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expected } from '../errors.ts';

/** Paths of the parts of a split. */
export interface PartPaths {
  readonly train: string;
  readonly valid?: string;
  readonly test: string;
}

const WORDS = { train: 'train|training', valid: 'valid|validation|val|dev', test: 'test|testing' } as const;

/** `train.txt`, `train_data.json`, `ml-100k.train.inter.gz` ... */
const pattern = (words: string) => new RegExp(`^(?:.*[._-])?(?:${words})(?:[._-]data)?\\.[a-z]+(?:\\.gz)?$`, 'i');

/** Finds the parts of a split in a folder by name. @throws LosslabError `missing-data` where it is not plain which they are */
export function partsIn(folder: string): PartPaths {
  const names = readdirSync(folder).sort();
  const valid = partIn(folder, names, 'valid');
  const paths = { train: partIn(folder, names, 'train'), test: partIn(folder, names, 'test') };
  const missing = (['train', 'test'] as const).filter((part) => paths[part] === undefined);
  if (missing.length > 0) {
    const got = names.slice(0, 8).join(', ') || 'an empty folder';
    const what = `${missing.map((part) => `${part}.txt`).join(' and ')} (or .tsv, .csv, ...) in ${folder}`;
    throw expected('missing-data', what, got, 'name a file in it to have it split', folder);
  }
  return { train: paths.train!, ...(valid !== undefined && { valid }), test: paths.test! };
}

function partIn(folder: string, names: readonly string[], part: keyof typeof WORDS): string | undefined {
  const found = names.filter((name) => pattern(WORDS[part]).test(name));
  if (found.length > 1) {
    throw expected('missing-data', `one ${part} file in ${folder}`, found.join(', '), 'move the others away', folder);
  }
  return found[0] === undefined ? undefined : join(folder, found[0]);
}
