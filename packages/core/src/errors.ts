/** What went wrong, as a stable word that programs may match on. */
export type ErrorCode =
  | 'bad-option' // a value out of its range, or of the wrong type
  | 'unknown-name' // no such data set, loss, model, sampler, metric, option or key
  | 'bad-data' // a file or a table that is not what it was said to be
  | 'missing-data' // a data set, a file or a part that is not there
  | 'bad-run' // a run folder or checkpoint that is not one, or is cut short
  | 'bad-plugin' // a loss, model or sampler that breaks its contract
  | 'not-finite' // NaN or infinity in a loss or a score
  | 'out-of-memory'
  | 'engine' // a backend that is not installed or does not work here
  | 'interrupted';

/**
 * The one error class of losslab. Messages read `[package] expected X, got Y; do Z`: what was expected, what came, the
 * remedy. `where` names the option or file concerned, so that a command can put its own flag in front.
 */
export class LosslabError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;

  constructor(code: ErrorCode, message: string, options: { where?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LosslabError';
    this.code = code;
    this.where = options.where;
  }
}
