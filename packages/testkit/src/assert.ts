import { type ErrorCode, LosslabError } from '@losslab/core';

/** What a failing check throws. */
export class ContractError extends Error {
  constructor(expected: string, got: string) {
    super(`[testkit] expected ${expected}, got ${got}`);
    this.name = 'ContractError';
  }
}

export function ensure(condition: boolean, expected: string, got: () => unknown): void {
  if (!condition) throw new ContractError(expected, String(got()));
}

export interface Tolerance {
  /** Of the larger magnitude of the two numbers. */
  readonly relative?: number;
  /** Always allowed. */
  readonly absolute?: number;
}

/** The first index at which two sequences part by more than the tolerance, or −1. NaN agrees with NaN alone. */
export function firstDifference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 1e-5, absolute = 1e-7 }: Tolerance = {},
): number {
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i]!, expected[i]!];
    if (Object.is(a, b)) continue;
    const allowed = absolute + relative * Math.max(Math.abs(a), Math.abs(b));
    if (!(Math.abs(a - b) <= allowed)) return i;
  }
  return -1;
}

export function ensureClose(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance?: Tolerance,
): void {
  ensure(actual.length === expected.length, `${what}: ${expected.length} numbers`, () => actual.length);
  const at = firstDifference(actual, expected, tolerance);
  ensure(at < 0, `${what}[${at}] = ${expected[at]}`, () => actual[at]);
}

/** Same bits, so that −0 and 0 differ. */
export function ensureSame(what: string, actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  ensure(actual.length === expected.length, `${what}: ${expected.length} numbers`, () => actual.length);
  for (let i = 0; i < expected.length; i++) {
    ensure(Object.is(actual[i], expected[i]), `${what}[${i}] = ${expected[i]}`, () => actual[i]);
  }
}

export function ensureFinite(what: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    ensure(Number.isFinite(values[i]), `${what}[${i}] to be finite`, () => values[i]);
  }
}

/** That `run` throws a LosslabError of that code whose message holds every one of `parts`. */
export function ensureRefused(what: string, run: () => unknown, code: ErrorCode, ...parts: string[]): void {
  const error = errorOf(run);
  ensure(error instanceof LosslabError, `${what}: a LosslabError`, () => error ?? 'no error');
  const { code: found, message } = error as LosslabError;
  ensure(found === code, `${what}: code ${code}`, () => `${found} (${message})`);
  for (const part of parts) ensure(message.includes(part), `${what}: a message with "${part}"`, () => `"${message}"`);
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
