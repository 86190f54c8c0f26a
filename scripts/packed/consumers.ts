// Programs outside the workspace: folders in which the packed packages are installed as a stranger would.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Packed } from '../packages/pack.ts';
import { type Example, examplesOf, type Files, installLines } from './examples.ts';
import { type Outcome, run } from './run.ts';

export const managers = ['npm', 'pnpm'] as const;
export type Manager = (typeof managers)[number];

export interface Consumer {
  readonly manager: Manager;
  readonly folder: string;
  /** Where each package's examples run. */
  readonly home: (name: string) => string;
  readonly install: Outcome;
}

/** For type checks: examples use `console`, and Node's modules. */
const tools = { '@types/node': '*' };

const fileOf = ({ tarball }: Packed): string => `file:${tarball.replaceAll('\\', '/')}`;

function write(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const manifest = (name: string, dependencies: object): string =>
  JSON.stringify({ name, private: true, type: 'module', dependencies, devDependencies: tools }, undefined, 2);

/** What a README says to install: ours from tarballs, the rest from the registry. */
function wanted(each: Packed, tarballs: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(installLines(each)).map(([name, version]) => [name, tarballs.get(name) ?? version]),
  );
}

/** One flat folder with every package, as `npm install` of all their names would make it. */
async function withNpm(packed: readonly Packed[], folder: string): Promise<Consumer> {
  const tarballs = new Map(packed.map((each) => [each.name, fileOf(each)]));
  const all = packed.flatMap((each) => Object.entries(wanted(each, tarballs)));
  write(folder, { 'package.json': manifest('outside', Object.fromEntries([...all, ...tarballs])) });
  const install = await run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
    folder,
  );
  return { manager: 'npm', folder, home: () => folder, install };
}

/** pnpm wants to be told of every build script: tfjs brings core-js, whose script prints a request for money. */
const BUILDS = 'allowBuilds:\n  core-js: false\n';

/** A project for each package, with what its README says to install and nothing else within reach. */
async function withPnpm(packed: readonly Packed[], folder: string): Promise<Consumer> {
  const tarballs = new Map(packed.map((each) => [each.name, fileOf(each)]));
  const home = (name: string): string => join(folder, name.replace('@losslab/', ''));
  const overrides = [...tarballs].map(([name, file]) => `  ${JSON.stringify(name)}: ${JSON.stringify(file)}`);
  write(folder, {
    'package.json': JSON.stringify({ name: 'outside', private: true }),
    'pnpm-workspace.yaml': `packages: ['*']\n${BUILDS}overrides:\n${overrides.join('\n')}\n`,
  });
  for (const each of packed) {
    write(home(each.name), {
      'package.json': manifest(`outside-${each.path.replaceAll('/', '-')}`, wanted(each, tarballs)),
    });
  }
  const install = await run(
    'pnpm',
    ['install', '--no-frozen-lockfile', '--prefer-offline', '--reporter=append-only'],
    folder,
  );
  return { manager: 'pnpm', folder, home, install };
}

/** Installs in a fresh folder and lays the examples out, as TypeScript. */
export async function makeConsumer(manager: Manager, packed: readonly Packed[], folder: string): Promise<Consumer> {
  mkdirSync(folder, { recursive: true });
  const consumer = await (manager === 'npm' ? withNpm(packed, folder) : withPnpm(packed, folder));
  for (const each of packed) {
    for (const example of examplesOf(each)) write(consumer.home(each.name), { ...example.files, ...sourceOf(example) });
  }
  return consumer;
}

const sourceOf = ({ id, code }: Example): Record<string, string> => ({ [`${id}.ts`]: code });
