import { LosslabError } from '@losslab/core';

/* What stands in for ../kept/kept.ts where a package is bundled for browsers (`imports` in package.json): no folders there. */

export function findRuns(): never {
  throw noFolders();
}

export function readKept(): never {
  throw noFolders();
}

function noFolders(): LosslabError {
  const text = '[trainer] expected Node, which has folders of runs, got a browser; keep the result of the event finish';
  return new LosslabError('bad-run', text, { where: 'run' });
}
