import { type ErrorCode, LosslabError } from '@losslab/core';

/** `[backend] expected X, got Y; do Z`. */
export function expected(
  what: string,
  got: string,
  remedy: string,
  options: { where?: string; code?: ErrorCode; cause?: unknown } = {},
): LosslabError {
  const { code = 'bad-option', ...rest } = options;
  return new LosslabError(code, `[backend] expected ${what}, got ${got}; ${remedy}`, rest);
}
