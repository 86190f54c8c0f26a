import { pathToFileURL } from 'node:url';
import { type Build, loadKernels } from '@losslab/kernels';
import Jasmine from 'jasmine';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Run {
  readonly build: Build;
  readonly threads: number;
}

export interface Outcome extends Counts {
  /** Of all numbers that the suite read. */
  readonly digest: string;
}

interface SpecResult {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly { readonly message: string }[];
}

/** Takes the kernels to `threads` threads that share every piece of work that can be cut. */
async function prepare({ build, threads }: Run): Promise<void> {
  const { engine } = await loadKernels({ build });
  engine.threads = threads;
  engine.worth = 1;
  await engine.ready();
}

/** Runs the bundled suite with jasmine, in this process, and tells of every spec that does not pass. */
export async function runSpecs(file: string, run: Run): Promise<Outcome> {
  await prepare(run);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const runner = new Jasmine();
  runner.exitOnCompletion = false;
  runner.randomizeTests(false);
  runner.clearReporters();
  runner.addReporter({
    specDone({ fullName, status, failedExpectations }: SpecResult) {
      if (status === 'passed') counts.passed++;
      else if (status === 'failed') counts.failed++;
      else {
        counts.skipped++;
        console.log(`${status} ${fullName}`);
      }
      for (const { message } of failedExpectations) console.log(`FAILED ${fullName}\n  ${message}`);
    },
  });
  await runner.execute([file]);
  const { passed, failed } = counts;
  const { digest } = (await import(pathToFileURL(file).href)) as { digest(): string };
  const where = `simd (${run.build} build, ${run.threads} thread${run.threads > 1 ? 's' : ''})`;
  console.log(`${passed + failed} official tfjs specs on ${where}: ${passed} pass, ${failed} fail`);
  return { ...counts, digest: digest() };
}
