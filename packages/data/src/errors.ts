import { type ErrorCode, LosslabError } from '@losslab/core';

/** An error in the shape that all of losslab shares; `where` is the file or option concerned. */
export function expected(code: ErrorCode, what: string, got: string, remedy: string, where?: string): LosslabError {
  const options = where === undefined ? {} : { where };
  return new LosslabError(code, `[data] expected ${what}, got ${got}; ${remedy}`, options);
}

/** Where in a file something stands; of text, lines and columns are counted from 1, columns in bytes. */
export interface Place {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

/** The error for a place that is not what its format says: `[data] path:line:column: expected X, got Y; do Z`. */
export function malformed(place: Place, what: string, got: string, remedy: string): LosslabError {
  const at = [place.path, place.line, place.column].filter((part) => part !== undefined).join(':');
  return new LosslabError('bad-data', `[data] ${at}: expected ${what}, got ${got}; ${remedy}`, { where: at });
}

const SHOWN = 40;

/** A piece of a file as an error shows it: quoted, on one line, cut when long. */
export function quoted(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const cut = end - start > SHOWN;
  const text = new TextDecoder('utf-8').decode(bytes.subarray(start, cut ? start + SHOWN : end));
  return JSON.stringify(cut ? `${text}...` : text);
}
