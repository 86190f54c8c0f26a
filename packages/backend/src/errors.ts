import { type ErrorCode, LosslabError } from '@losslab/core';
import { KernelError } from '@losslab/kernels';

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

/** Runs `f`, whose errors from the kernels (out of memory, say) become LosslabErrors of the same code. */
export function translated<R>(f: () => R): R {
  try {
    return f();
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    throw new LosslabError(error.code, error.message, { cause: error, ...(error.where && { where: error.where }) });
  }
}
