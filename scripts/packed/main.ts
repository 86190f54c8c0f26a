// Every package as strangers get it: packed, installed outside the workspace, its README's examples run there.
// `pnpm test:packed` covers each value of each axis once; `--all` every combination; `--keep` leaves the folders, `--manager npm` takes
// one package manager alone.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { publishedPackages } from '../packages/list.ts';
import { type Packed, pack } from '../packages/pack.ts';
import { bundleProblem, bundles } from './bundles.ts';
import { commandProblem, commands, longCommands } from './commands.ts';
import { type Consumer, type Manager, makeConsumer, managers } from './consumers.ts';
import { type Example, examplesOf, unexpected } from './examples.ts';
import { type NodeVersion, nodeOf, nodeVersions } from './node-versions.ts';
import { run } from './run.ts';
import { typeProblems } from './types.ts';

const languages = ['JavaScript', 'TypeScript'] as const;

interface Combination {
  readonly manager: Manager;
  readonly language: (typeof languages)[number];
  readonly node: NodeVersion;
}

const each: readonly Combination[] = [
  { manager: 'npm', language: 'JavaScript', node: '22.18.0' },
  { manager: 'pnpm', language: 'TypeScript', node: '24' },
];
const every = (): Combination[] =>
  managers.flatMap((manager) =>
    languages.flatMap((language) => nodeVersions.map((node) => ({ manager, language, node }))),
  );

const flags = {
  json: { type: 'string' },
  all: { type: 'boolean' },
  keep: { type: 'boolean' },
  manager: { type: 'string', multiple: true },
} as const;
const { values: options } = parseArgs({ options: flags });
const combinations = options.all ? every() : each;
const counts = { passed: 0, failed: 0, skipped: 0 };

function told(name: string, problem: string | undefined): void {
  if (problem === undefined) counts.passed++;
  else counts.failed++;
  console.log(problem === undefined ? `✓ ${name}` : `✗ ${name}\n${problem.replace(/^/gm, '    ')}`);
}

function skipped(name: string, count: number, reason: string): void {
  counts.skipped += count;
  console.log(`- ${name}: skipped, ${reason}`);
}

async function exampleProblem(
  consumer: Consumer,
  { language }: Combination,
  node: string,
  example: Example,
): Promise<string | undefined> {
  const home = consumer.home(example.of);
  const file = `${example.id}.${language === 'TypeScript' ? 'ts' : 'mjs'}`;
  if (language === 'JavaScript') writeFileSync(join(home, file), stripTypeScriptTypes(example.code));
  const { ok, stdout, output } = await run(node, [file], home);
  return ok ? unexpected(example, stdout) : output;
}

/** Two at a time. */
async function inPairs<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}

/** What the trainer's example and the commands write. */
const MADE = ['runs/first', 'runs/outside', 'runs/smoke'];

async function runCombination(consumer: Consumer, combination: Combination, packed: readonly Packed[]): Promise<void> {
  const where = `${combination.manager}, ${combination.language}, Node ${combination.node}`;
  const examples = packed.flatMap(examplesOf);
  const toRun = [...commands, ...(options.all ? longCommands : [])];
  const node = await nodeOf(combination.node);
  if ('missing' in node) return skipped(where, examples.length + toRun.length, node.missing);
  // Before any of them begins: with npm they share a folder, and one would take another's run away.
  for (const { name } of packed) {
    for (const made of MADE) rmSync(join(consumer.home(name), made), { recursive: true, force: true });
  }
  await inPairs(examples, async (example) =>
    told(`${where}: README of ${example.id}`, await exampleProblem(consumer, combination, node.path, example)),
  );
  for (const command of toRun) {
    told(`${where}: ${command.args.slice(0, 2).join(' ')}`, await commandProblem(consumer, node.path, command));
  }
}

async function checkManager(manager: Manager, packed: readonly Packed[], folder: string): Promise<void> {
  const start = performance.now();
  const consumer = await makeConsumer(manager, packed, join(folder, manager));
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  told(`${manager}: installed in ${seconds} s`, consumer.install.ok ? undefined : consumer.install.output);
  if (!consumer.install.ok) return;
  const problems = await typeProblems(consumer);
  told(`${manager}: types`, problems.length === 0 ? undefined : problems.join('\n'));
  if (manager === 'npm') {
    for (const bundle of bundles) told(`bundle: ${bundle.name}`, await bundleProblem(consumer, bundle));
  }
  for (const combination of combinations) {
    if (combination.manager === manager) await runCombination(consumer, combination, packed);
  }
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'losslab-outside-')));
try {
  const packed = pack(publishedPackages(), folder);
  const registry = await run('npm', ['view', 'zod', 'version'], folder);
  if (!registry.ok) skipped('outside', 1, `the package registry does not answer: ${registry.output.split('\n')[0]}`);
  else {
    for (const manager of managers.filter((name) => options.manager?.includes(name) ?? true)) {
      await checkManager(manager, packed, folder);
    }
  }
} finally {
  if (options.keep) console.log(folder);
  else rmSync(folder, { recursive: true });
}
if (options.json) writeFileSync(options.json, JSON.stringify(counts));
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
