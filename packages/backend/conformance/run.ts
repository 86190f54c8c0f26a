// tfjs's official op suite (@tensorflow/tfjs-core/dist/tests), whole, on the backend `simd`, with each build of the kernels
// that this host runs, on 1 and 4 threads, which must read the same bits. Nothing is left out; what the suite itself marks as
// pending counts as skipped.
// The build `wide` is compiled at once and must read the bits of `relaxed`.
// usage: node --conditions=@losslab/source conformance/run.ts [--build simd|relaxed|wide] [--threads 1,2,4] [--json FILE]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Build, createKernels } from '@losslab/kernels';
import { bundle } from './bundle.ts';
import { type Counts, type Outcome, type Run, runSpecs } from './specs.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    build: { type: 'string' },
    threads: { type: 'string', default: '1,4' },
    bundle: { type: 'string' }, // of the process that runs the suite once
  },
});

/** Builds that this host runs, or the one that was asked for. */
function builds(): Build[] {
  if (values.build !== undefined) return [values.build as Build];
  return (['simd', 'relaxed', 'wide'] as const).filter((build) => {
    try {
      return createKernels({ build }).build === build;
    } catch {
      return false;
    }
  });
}

/** Kernels become wide when they are optimised, which else takes many calls. */
const optimised = ['--no-liftoff', '--no-wasm-lazy-compilation'];

/** Runs the suite in a process of its own: kernels are loaded once a process. */
function runApart({ build, threads }: Run, file: string, scratch: string): Outcome {
  const json = join(scratch, `${build}-${threads}.json`);
  const given = ['--build', build, '--threads', String(threads), '--bundle', file, '--json', json];
  const args = [...process.execArgv, ...(build === 'wide' ? optimised : []), fileURLToPath(import.meta.url), ...given];
  const { status, error } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (error) throw error;
  const outcome = JSON.parse(readFileSync(json, 'utf8')) as Outcome;
  return status === 0 ? outcome : { ...outcome, failed: Math.max(1, outcome.failed) };
}

/** One more spec: the digests of these outcomes agree. */
function sameBits(what: string, outcomes: readonly Outcome[]): Counts {
  const same = new Set(outcomes.map(({ digest }) => digest)).size === 1;
  console.log(`${what}: ${same ? 'the same bits' : 'FAILED: different bits'} on ${values.threads} threads`);
  return { passed: Number(same), failed: Number(!same), skipped: 0 };
}

const sum = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

async function runAll(): Promise<Counts> {
  const file = await bundle();
  const scratch = mkdtempSync(join(tmpdir(), 'losslab-conformance-'));
  const counts = values.threads.split(',').map(Number);
  const alike: Record<'simd' | 'relaxed, wide', Outcome[]> = { simd: [], 'relaxed, wide': [] };
  for (const build of builds()) {
    const outcomes = counts.map((threads) => runApart({ build, threads }, file, scratch));
    alike[build === 'simd' ? build : 'relaxed, wide'].push(...outcomes);
  }
  const found = Object.entries(alike).flatMap(([which, outcomes]) =>
    outcomes.length > 1 ? [...outcomes, sameBits(which, outcomes)] : outcomes,
  );
  rmSync(scratch, { recursive: true });
  return found.reduce(sum);
}

const counts =
  values.bundle === undefined
    ? await runAll()
    : await runSpecs(values.bundle, { build: values.build as Build, threads: Number(values.threads) });
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(counts));
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
