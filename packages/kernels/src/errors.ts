/** What went wrong, as a stable word that programs may match on; words shared with the other packages' errors. */
export type KernelErrorCode = 'bad-option' | 'bad-data' | 'out-of-memory' | 'engine';

/** Messages read `[kernels] expected X, got Y; do Z`. */
export class KernelError extends Error {
  readonly code: KernelErrorCode;
  readonly where: string | undefined;

  constructor(code: KernelErrorCode, message: string, options: { where?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'KernelError';
    this.code = code;
    this.where = options.where;
  }
}

export function expected(what: string, got: string, remedy: string, where?: string): KernelError {
  const options = where === undefined ? {} : { where };
  return new KernelError('bad-option', `[kernels] expected ${what}, got ${got}; ${remedy}`, options);
}
