import { LosslabError } from '@losslab/core';

/** Parses the JSON of a file. @throws LosslabError `bad-run` where it is not JSON. */
export function parseJson<T>(bytes: Uint8Array, path: string): T {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw badFile(path, 'JSON', 'something else', cause);
  }
}

/** The error for a file of a run that is not what it should be. */
export function badFile(path: string, expected: string, got: string, cause?: unknown): LosslabError {
  return new LosslabError(
    'bad-run',
    `[trainer] expected ${expected} in ${path}, got ${got}; delete the folder and train again`,
    { where: path, cause },
  );
}
