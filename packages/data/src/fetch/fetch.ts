import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expected } from '../errors.ts';
import { writeWhole } from '../files.ts';
import type { OnProgress } from '../read/progress.ts';
import type { Digest, FetchedFile, RegistryEntry } from '../registry/entry.ts';
import { cacheFolder } from '../registry/search.ts';
import { download, isFetched } from './download.ts';
import { locked } from './lock.ts';

export interface FetchOptions {
  /** The folder that gets a folder of the data set's name; the user's cache folder without it. */
  readonly into?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Give up after so many seconds without a byte; 20 without it. */
  readonly patience?: number | undefined;
}

/**
 * Fetches a data set from its publisher and returns its folder. Every file in it is whole; a broken-off fetch continues
 * where it was.
 * @throws LosslabError `missing-data` where it cannot be fetched, `bad-data` where a digest differs, `interrupted`
 */
export async function fetchDataset(entry: RegistryEntry, options: FetchOptions = {}): Promise<string> {
  const folder = join(options.into ?? cacheFolder(), entry.name);
  const plan = entry.fetch;
  if (plan.kind === 'manual') throw unfetchable(entry, plan.from, folder);
  await locked(folder, options.signal, async () => {
    if (await isComplete(entry, folder)) return;
    const remedy = byHand(entry, folder);
    if (plan.kind === 'zip') await fetchArchive(plan, folder, remedy, options);
    else await fetchFiles(plan.files, folder, remedy, options);
  });
  return folder;
}

/** Whether all files are there, and those that the registry knows to the byte are so. */
async function isComplete({ fetch: plan, sha256 }: RegistryEntry, folder: string): Promise<boolean> {
  if (plan.kind !== 'zip') return false; // told file by file
  for (const file of Object.values(plan.members)) {
    const path = join(folder, file);
    const known = sha256[file];
    if (known === undefined ? !existsSync(path) : !(await isFetched(path, `sha256:${known}`))) return false;
  }
  return true;
}

async function fetchFiles(files: readonly FetchedFile[], folder: string, remedy: string, options: FetchOptions) {
  for (const { file, url, digest } of files) {
    const path = join(folder, file);
    if (!(await isFetched(path, digest))) await download(path, { ...options, url, digest, remedy });
  }
}

/** The error for a data set that nobody serves. */
function unfetchable(entry: RegistryEntry, from: string, folder: string) {
  const files = entry.layouts.map((layout) => ('file' in layout ? layout.file : 'train and test parts')).join(' or ');
  const remedy = `get its ${files} from ${from} and put them into ${folder}, or set LOSSLAB_DATA to the folder that has it`;
  return expected(
    'missing-data',
    `${entry.name} on the search path`,
    'no such folder there, and it cannot be fetched',
    remedy,
    entry.name,
  );
}

function byHand(entry: RegistryEntry, folder: string): string {
  return `get ${entry.name} by hand (${entry.homepage}) into ${folder}, or use the data set "generated"`;
}

interface ArchivePlan {
  readonly url: string;
  readonly digest: Digest;
  readonly members: Readonly<Record<string, string>>;
}

async function fetchArchive(plan: ArchivePlan, folder: string, remedy: string, options: FetchOptions): Promise<void> {
  const archive = join(folder, '.archive.zip');
  if (!(await isFetched(archive, plan.digest))) {
    await download(archive, { ...options, url: plan.url, digest: plan.digest, remedy });
  }
  const members = unzipSync(await readFile(archive), { filter: ({ name }) => Object.hasOwn(plan.members, name) });
  for (const [member, file] of Object.entries(plan.members)) {
    const bytes = members[member];
    if (bytes === undefined) throw expected('bad-data', `${member} in ${plan.url}`, 'none', remedy, plan.url);
    await writeWhole(join(folder, file), [bytes]);
  }
  await rm(archive, { force: true });
}
