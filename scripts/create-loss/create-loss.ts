import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { checkedName, type Spellings } from './name.ts';
import { changeset, packageFiles, readme } from './package-files.ts';

/** Runs a program in the workspace, and throws where it fails. */
export type Run = (program: 'pnpm' | 'node' | 'biome', args: readonly string[]) => void;

export interface CreateLossOptions {
  /** The workspace's folder. */
  readonly root: string;
  readonly run: Run;
}

/** What registering a loss changes. */
const shared = ['apps/train/package.json', 'apps/train/src/registry.ts', 'pnpm-lock.yaml'];

/**
 * Makes packages/losses/<name> from the template, with a changeset, and registers it with the command. What fails halfway
 * leaves the workspace as it was.
 * @throws LosslabError `bad-option` for the name; what `run` throws
 */
export function createLoss(name: string | undefined, { root, run }: CreateLossOptions): Spellings {
  const spellings = checkedName(name, root);
  const before = shared.map((path) => [join(root, path), readIfThere(join(root, path))] as const);
  const folder = join(root, 'packages', 'losses', spellings.name);
  const note = join(root, '.changeset', `loss-${spellings.name}.md`);
  try {
    writePackage(folder, packageFiles(spellings, root), root);
    writeFileSync(note, changeset(spellings), { flag: 'wx' });
    addDependency(join(root, 'apps/train/package.json'), spellings.package);
    run('pnpm', ['install', '--no-frozen-lockfile', '--prefer-offline']);
    run('node', ['--conditions=@losslab/source', 'apps/train/scripts/generate-registry.ts']);
    run('biome', ['check', '--write', folder]);
    const example = readFileSync(join(folder, 'test', 'example.ts'), 'utf8');
    writeFileSync(join(folder, 'README.md'), readme(spellings, example));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    rmSync(note, { force: true });
    for (const [path, text] of before) if (text !== undefined) writeFileSync(path, text);
    throw error;
  }
  return spellings;
}

/** The folder appears whole, by one renaming. */
function writePackage(folder: string, files: ReadonlyMap<string, string>, root: string): void {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const staging = mkdtempSync(join(cache, 'create-loss-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(staging, path)), { recursive: true });
      writeFileSync(join(staging, path), text);
    }
    chmodSync(staging, 0o755); // mkdtemp makes folders for their owner alone
    renameSync(staging, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Adds a line to the dependencies, in its place in the alphabet, and leaves all others as they are. */
export function addDependency(path: string, name: string): void {
  const text = readFileSync(path, 'utf8');
  const rewritten = text.replace(/("dependencies": \{\n)(.*?)(\n {2}\})/s, (_, start, body: string, end) => {
    const lines = body.split('\n').map((line) => line.replace(/,$/, ''));
    lines.push(`    "${name}": "workspace:^"`);
    return `${start}${lines.sort().join(',\n')}${end}`;
  });
  writeFileSync(path, rewritten);
}

const readIfThere = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
