// What a release would publish: raises versions in a copy of the repository, packs there, and lists. Changes nothing here.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Package, publishedPackages, root } from './packages/list.ts';
import { type Packed, pack } from './packages/pack.ts';

const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' });

/** A clone with what is changed here and not yet committed, with the build and the installed packages of here. */
function copyOfRepository(folder: string, packages: readonly Package[]): void {
  git('clone', '--quiet', '--shared', '--no-checkout', root, folder);
  execFileSync('git', ['reset', '--quiet'], { cwd: folder }); // an index of HEAD: what follows are changes to it
  for (const file of git('ls-files', '--cached', '--others', '--exclude-standard', '-z').split('\0').filter(Boolean)) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const each of packages) {
    cpSync(join(each.dir, 'dist'), join(folder, each.path, 'dist'), { recursive: true });
    linkOurs(folder, each, packages);
  }
}

/** pnpm writes the version that it finds installed for `workspace:`, so those are the copies. */
function linkOurs(folder: string, { path, manifest }: Package, packages: readonly Package[]): void {
  const { dependencies, devDependencies } = manifest as Record<string, object | undefined>;
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const ours = packages.find((each) => each.name === name);
    if (ours === undefined) continue;
    const link = join(folder, path, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(folder, ours.path), link, 'junction');
  }
}

function raiseVersions(folder: string): void {
  const shell = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync('changeset', ['version'], { cwd: folder, encoding: 'utf8', shell });
  if (status !== 0) throw new Error(`changeset version: ${stdout}${stderr}`);
}

/** What depends on ours, as the tarball says it. */
function dependencies(manifest: Package['manifest'], names: ReadonlySet<string>): string[] {
  const all = Object.entries((manifest.dependencies ?? {}) as Record<string, string>);
  return all.filter(([name]) => names.has(name)).map(([name, range]) => `${name.replace('@losslab/', '')}@${range}`);
}

function packedManifest({ tarball }: Packed): Package['manifest'] {
  const text = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
  return JSON.parse(text) as Package['manifest'];
}

function row(before: Package, after: Packed, names: ReadonlySet<string>): string {
  const manifest = packedManifest(after);
  const { access, provenance } = (manifest.publishConfig ?? {}) as { access?: string; provenance?: boolean };
  const versions = `${before.manifest.version} → ${manifest.version}`;
  const size = `${(statSync(after.tarball).size / 1000).toFixed(1)} kB`;
  const how = `${access}, ${provenance ? 'with provenance' : 'no provenance'}`;
  const needs = dependencies(manifest, names).join(' ') || '–';
  return `${before.name.padEnd(24)} ${versions.padEnd(16)} ${size.padStart(9)}  ${how}  ${needs}`;
}

function firstLines(folder: string, path: string): string {
  const file = join(folder, path, 'CHANGELOG.md');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(2, 9).join('\n') : '';
}

const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'losslab-release-'))), 'losslab');
try {
  const before = publishedPackages();
  copyOfRepository(folder, before);
  raiseVersions(folder);
  const after = publishedPackages(folder);
  const raised = after.filter(
    ({ name, manifest }) => before.find((b) => b.name === name)!.manifest.version !== manifest.version,
  );
  const names = new Set(after.map(({ name }) => name));
  console.log(`A release from here would publish ${raised.length} of ${after.length} packages:\n`);
  for (const packed of raised.length > 0 ? pack(raised, join(folder, '..'), folder) : []) {
    console.log(row(before.find(({ name }) => name === packed.name)!, packed, names));
  }
  const [first] = raised;
  if (first !== undefined)
    console.log(`\nThe changelog of ${first.name} would begin:\n\n${firstLines(folder, first.path)}`);
} finally {
  rmSync(join(folder, '..'), { recursive: true });
}
