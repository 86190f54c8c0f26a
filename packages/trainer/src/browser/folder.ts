import { LosslabError } from '@losslab/core';

/*
 * What stands in for ../folder.ts where a package is bundled for browsers (`imports` in package.json): a page has no folders
 * to keep runs in. What a run needs travels in the event `finish`, and the weights by `parameters.arrays()`.
 */

/** The folder of a run, which there is none of. */
export class RunFolder {
  constructor(dir: string) {
    throw noFolders(dir);
  }
}

export function decodePerUser(_: Uint8Array, path: string): never {
  throw noFolders(path);
}

function noFolders(dir: string): LosslabError {
  return new LosslabError(
    'bad-option',
    `[trainer] expected no folder in a browser, got ${dir}; leave out \`out\`, and keep the result of the event finish`,
    { where: 'out' },
  );
}
