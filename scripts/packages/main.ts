// Is every package fit to be published? Run on built packages: `pnpm packages`; `pnpm packages --write` mends what is generated.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { apiReports, reportsFolder } from './api.ts';
import { publintProblems, typesProblems } from './lint-tarball.ts';
import { publishedPackages, root } from './list.ts';
import { metadataProblems } from './metadata.ts';
import { type Packed, pack } from './pack.ts';
import { sizesPath, sizesTable, staleRows, withTable, writtenTable } from './sizes.ts';

const { values: options } = parseArgs({ options: { json: { type: 'string' }, write: { type: 'boolean' } } });
const MEND = 'run `npx -y pnpm@12 packages --write` and look at the difference';

const counts = { passed: 0, failed: 0, skipped: 0 };

/** One check: it fails where it finds problems. */
async function check(name: string, find: () => string[] | Promise<string[]>): Promise<void> {
  const found = async (): Promise<string[]> => find();
  const problems = await found().catch((error: unknown) => [String(error)]);
  if (problems.length === 0) counts.passed++;
  else counts.failed++;
  for (const problem of problems) console.log(`✗ ${name}: ${problem}`);
}

function reportProblems(reports: ReadonlyMap<string, string>): string[] {
  mkdirSync(reportsFolder, { recursive: true });
  const there = readdirSync(reportsFolder).filter((file) => file.endsWith('.api.md'));
  const gone = there.filter((file) => !reports.has(file));
  if (options.write) {
    for (const file of gone) rmSync(join(reportsFolder, file));
    for (const [file, text] of reports) writeFileSync(join(reportsFolder, file), text);
    return [];
  }
  const changed = [...reports].filter(([file, text]) => {
    const path = join(reportsFolder, file);
    return !existsSync(path) || readFileSync(path, 'utf8').replaceAll('\r\n', '\n') !== text;
  });
  return [...gone, ...changed.map(([file]) => file)].map(
    (file) => `docs/api-reports/${file} is not what is built; ${MEND}`,
  );
}

function sizeProblems(table: string): string[] {
  const text = readFileSync(sizesPath(root), 'utf8').replaceAll('\r\n', '\n');
  if (options.write) {
    writeFileSync(sizesPath(root), withTable(text, table));
    return [];
  }
  const stale = staleRows(writtenTable(text), table);
  return stale.length === 0 ? [] : [`docs/packages.md: ${MEND}\n${stale.join('\n')}`];
}

async function checkAll(packages: readonly Packed[]): Promise<void> {
  for (const each of packages) {
    await check(`${each.name}, package.json`, () => metadataProblems(each));
    await check(`${each.name}, publint`, () => publintProblems(each));
    await check(`${each.name}, types`, () => typesProblems(each));
  }
  await check('API reports', () => reportProblems(apiReports(packages)));
  await check('sizes', async () => sizeProblems(await sizesTable(packages)));
}

const folder = mkdtempSync(join(tmpdir(), 'losslab-packages-'));
try {
  await checkAll(pack(publishedPackages(), folder));
} finally {
  rmSync(folder, { recursive: true });
}
if (options.json) writeFileSync(options.json, JSON.stringify(counts));
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
