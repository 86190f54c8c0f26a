// Everything that has to hold: build, lint, types, tests, further suites. Its last line is
// "N passed, N failed, N skipped". With arguments (pnpm test packages/core) it runs only those test files.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { turbo } from './turbo.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A suite that vitest does not run: `node <script> --json <file>`, which writes its `Counts` into the file. */
interface Suite {
  name: string;
  script: string;
}

const suites: Suite[] = [
  { name: 'tfjs conformance', script: 'packages/backend/conformance/run.ts' },
  { name: 'packages', script: 'scripts/packages/main.ts' },
  { name: 'packed packages', script: 'scripts/packed/main.ts' },
];

// Some tools colour what goes into a pipe.
const plain = !process.stdout.isTTY;
if (plain) process.env.NO_COLOR = '1';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'losslab-test-'));
const filters = process.argv.slice(2).map((arg) => (existsSync(arg) ? relative(root, arg) || '.' : arg));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const broken: string[] = [];

function run(command: string, args: string[]): boolean {
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { cwd: root, shell, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function stage(name: string, work: () => boolean) {
  console.log(`\n== ${name}`);
  if (!work()) broken.push(name);
}

function add(counts: Counts) {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

/** Counts of a vitest JSON report. A file that fails before its first test counts as one failure. */
function vitestCounts(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const unloaded = report.testResults.filter(
    (result: { status: string; assertionResults: unknown[] }) =>
      result.status === 'failed' && result.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function vitest(): boolean {
  const file = join(scratch, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = run('vitest', ['run', ...reporters, ...filters]);
  if (existsSync(file)) add(vitestCounts(file));
  return ok;
}

function further({ script }: Suite, file: string): boolean {
  const ok = run('node', ['--conditions=@losslab/source', script, '--json', file]);
  if (!existsSync(file)) return false;
  add(JSON.parse(readFileSync(file, 'utf8')));
  return ok;
}

if (filters.length > 0) {
  stage('wasm', () => turbo('run', 'wasm'));
  stage('tests', vitest);
} else {
  stage('build', () => turbo('run', 'build'));
  stage('lint', () => run('biome', ['ci', ...(plain ? ['--colors=off'] : []), '.']));
  stage('typecheck', () => run('tsc', ['--noEmit', '-p', 'tsconfig.json']));
  stage('tests', vitest);
  for (const [index, suite] of suites.filter(({ script }) => existsSync(join(root, script))).entries()) {
    stage(suite.name, () => further(suite, join(scratch, `suite-${index}.json`)));
  }
}
rmSync(scratch, { recursive: true });

if (total.passed + total.failed === 0) broken.push('no test ran');
if (total.failed > 0 || broken.length > 0) process.exitCode = 1;
console.log(broken.length > 0 ? `\nFAILED: ${broken.join(', ')}` : '');
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
