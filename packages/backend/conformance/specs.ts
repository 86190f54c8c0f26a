import { type Build, loadKernels } from '@losslab/kernels';
import Jasmine from 'jasmine';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface SpecResult {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly { readonly message: string }[];
}

/** Runs the bundled suite with jasmine, in this process, and tells of every spec that does not pass. */
export async function runSpecs(file: string, build: Build): Promise<Counts> {
  await loadKernels({ build });
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
  console.log(`${passed + failed} official tfjs specs on simd (${build} build): ${passed} pass, ${failed} fail`);
  return counts;
}
