import { LosslabError } from '@losslab/core';

/** An error as the command shows it: one line, and what to exit with. */
export interface PresentedError {
  readonly line: string;
  readonly exitCode: number;
}

const usageErrors: readonly string[] = ['bad-option', 'unknown-name'];

/**
 * Puts the flag that caused an error in front of its text, in place of the package that noticed it: `[loss bsl] tau1: must
 * be > 0, got 0` becomes `--loss bsl: tau1: must be > 0, got 0`.
 * @param flags those of the running command, such as `--loss`
 */
export function presentError(error: unknown, flags: readonly string[] = []): PresentedError {
  if (!isOurs(error)) return { line: unexpected(error), exitCode: 1 };
  const exitCode = error.code === 'interrupted' ? 130 : usageErrors.includes(error.code) ? 2 : 1;
  const [, source = '', text = ''] = /^(?:\[([^\]]+)\] )?(.*)$/s.exec(error.message)!;
  const { flag, rest } = placed(error, source, oneLine(text), flags);
  return { line: flag === undefined ? rest : `${flag}: ${rest}`, exitCode };
}

type OurError = Pick<LosslabError, 'message' | 'code' | 'where'>;

/** Whether it is an error that losslab words. Kernels have a class of their own, of the same shape. */
export function isOurs(error: unknown): error is OurError {
  if (error instanceof LosslabError) return true;
  const { message, code } = (error ?? {}) as Partial<OurError>;
  return typeof code === 'string' && /^\[[\w -]+\] expected /.test(message ?? '');
}

interface Placed {
  readonly flag: string | undefined;
  readonly rest: string;
}

function placed({ where }: OurError, source: string, text: string, flags: readonly string[]): Placed {
  if (where?.startsWith('--')) return { flag: where, rest: text };
  const [, kind, name] = /^(loss|model|sampler|step|optimizer|metric|schedule) (\S+)$/.exec(source) ?? [];
  if (kind !== undefined) return partOption(kind, name!, where, text, flags);
  if (source === 'run' && where !== undefined) return runOption(where, text, flags);
  return { flag: flagNamed(where, flags), rest: text };
}

/** An option of a part: `--learning-rate` where the command has a flag for it, `--loss bsl` where not. */
function partOption(
  kind: string,
  name: string,
  where: string | undefined,
  text: string,
  flags: readonly string[],
): Placed {
  const own = kind === 'optimizer' ? flagNamed(where, flags) : undefined;
  if (own !== undefined) return { flag: own, rest: without(where!, text) };
  const flag = flagNamed(kind, flags);
  return { flag: flag === undefined ? `${kind} ${name}` : `${flag} ${name}`, rest: text };
}

function runOption(path: string, text: string, flags: readonly string[]): Placed {
  if (path.startsWith('option of')) return { flag: flagNamed('set', flags), rest: text };
  const own = path.includes('.') ? undefined : flagNamed(path, flags);
  const other = flags.includes('--set') ? `--set ${path}` : path;
  return { flag: own ?? other, rest: without(path, text) };
}

const without = (path: string, text: string): string =>
  text.startsWith(`${path}: `) ? text.slice(path.length + 2) : text;

/** Names of things whose flag is spelt otherwise. */
const flagsOf: Readonly<Record<string, readonly string[]>> = {
  'data set': ['--data'],
  metric: ['--metrics'],
  k: ['--at', '-k'],
};

/** `batchSize` is `--batch-size`, where the command has it. */
function flagNamed(name: string | undefined, flags: readonly string[]): string | undefined {
  if (name === undefined) return undefined;
  const own = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return (flagsOf[name] ?? [own]).find((flag) => flags.includes(flag));
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();

function unexpected(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `unexpected: ${oneLine(text)} (LOSSLAB_DEBUG=1 shows where)`;
}
