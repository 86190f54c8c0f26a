// tfjs's official op suite (@tensorflow/tfjs-core/dist/tests), whole, on the backend `simd`, with each build of the kernels
// that this host runs. Nothing is left out; what the suite itself marks as pending counts as skipped.
// usage: node --conditions=@losslab/source conformance/run.ts [--build simd|relaxed] [--json FILE]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Build, createKernels } from '@losslab/kernels';
import { bundle } from './bundle.ts';
import { type Counts, runSpecs } from './specs.ts';

const { values } = parseArgs({ options: { json: { type: 'string' }, build: { type: 'string' } } });
const scratch = mkdtempSync(join(tmpdir(), 'losslab-conformance-'));

/** Builds that this host runs. */
function buildsHere(): Build[] {
  const newest = createKernels({ build: 'auto' }).build;
  return newest === 'relaxed' ? ['simd', 'relaxed'] : ['simd'];
}

/** Runs the suite in a process of its own: kernels are loaded once a process. */
function runApart(build: Build): Counts {
  const file = join(scratch, `${build}.json`);
  const args = [...process.execArgv, fileURLToPath(import.meta.url), '--build', build, '--json', file];
  const { status, error } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (error) throw error;
  const counts = JSON.parse(readFileSync(file, 'utf8')) as Counts;
  return status === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}

const sum = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

const counts =
  values.build === undefined
    ? buildsHere().map(runApart).reduce(sum)
    : await runSpecs(await bundle(), values.build as Build);
rmSync(scratch, { recursive: true });
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(counts));
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
