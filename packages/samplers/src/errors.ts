import { type ErrorCode, LosslabError } from '@losslab/core';

/** `[samplers] expected X, got Y; do Z`. */
export function expected(code: ErrorCode, what: string, got: string, remedy: string, where: string): LosslabError {
  return new LosslabError(code, `[samplers] expected ${what}, got ${got}; ${remedy}`, { where });
}
