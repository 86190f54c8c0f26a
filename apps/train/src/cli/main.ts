import { CommanderError } from 'commander';
import { typedLine } from './command-name.ts';
import { presentError } from './present-error.ts';
import { makeProgram } from './program.ts';

/** Runs the command line. Returns the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted. */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  let flags: readonly string[] = [];
  const program = makeProgram({
    typed: typedLine(args),
    start: (known) => {
      flags = known;
    },
    finish: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return fail(error, flags);
  }
}

function fail(error: unknown, flags: readonly string[]): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has said what is wrong
  const { line, exitCode } = presentError(error, flags);
  process.stderr.write(`error: ${line}\n`);
  if (process.env.LOSSLAB_DEBUG) process.stderr.write(`${stacks(error).join('\ncaused by: ')}\n`);
  return exitCode;
}

/** Of an error and of what caused it. */
function stacks(error: unknown): string[] {
  const { stack, cause } = (error ?? {}) as Partial<Error>;
  return [stack ?? String(error), ...(cause === undefined ? [] : stacks(cause))];
}
