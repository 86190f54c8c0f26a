// tfjs's official op suite (@tensorflow/tfjs-core/dist/tests), whole, on the backend `simd`.
// usage: node --conditions=@losslab/source conformance/run.ts [--json FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Jasmine from 'jasmine';
import { bundle } from './bundle.ts';

interface SpecResult {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly { readonly message: string }[];
}

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const counts = { passed: 0, failed: 0, skipped: 0 };

const runner = new Jasmine();
runner.exitOnCompletion = false;
runner.randomizeTests(false);
runner.clearReporters();
runner.addReporter({
  specDone(result: SpecResult) {
    if (result.status === 'passed') counts.passed++;
    else if (result.status === 'failed') counts.failed++;
    else {
      counts.skipped++;
      console.log(`${result.status} ${result.fullName}`);
    }
    for (const { message } of result.failedExpectations) console.log(`FAILED ${result.fullName}\n  ${message}`);
  },
});
await runner.execute([await bundle()]);

console.log(
  `${counts.passed + counts.failed} official tfjs specs on simd: ${counts.passed} pass, ${counts.failed} fail`,
);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(counts));
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
