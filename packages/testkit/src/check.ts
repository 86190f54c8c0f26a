import { describe, test } from 'vitest';

/** One thing that a contract asks for. `run` throws where it is not so, saying what came instead. */
export interface Check {
  readonly name: string;
  run(): void | Promise<void>;
}

/** Makes each check a vitest test, under one heading. */
export function registerChecks(title: string, checks: readonly Check[]): void {
  describe(title, () => {
    for (const { name, run } of checks) test(name, run);
  });
}

/** Runs all checks and tells which failed, by name: for tests of contracts. */
export async function failuresOf(checks: readonly Check[]): Promise<Map<string, string>> {
  const failures = new Map<string, string>();
  for (const { name, run } of checks) {
    try {
      await run();
    } catch (error) {
      failures.set(name, error instanceof Error ? error.message : String(error));
    }
  }
  return failures;
}
