import { type ErrorCode, LosslabError } from '@losslab/core';

/** `[metrics] expected X, got Y; do Z`. */
export function expected(code: ErrorCode, what: string, got: string, remedy: string, where: string): LosslabError {
  return new LosslabError(code, `[metrics] expected ${what}, got ${got}; ${remedy}`, { where });
}
