// How large each package is and what it brings: the table of docs/packages.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { installedWith } from './installed.ts';
import type { Packed } from './pack.ts';

export const sizesFile = 'docs/packages.md';

const HEADER = [
  '| package | packed kB | unpacked kB | bundle kB | of ours | of others | its own dependencies |',
  '| --- | --- | --- | --- | --- | --- | --- |',
];

const kB = (bytes: number): string => (bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0);

/** Bytes of everything the package exports with what that needs, minified, gzip. tfjs and other peers are the program's. */
export async function bundledBytes(code: string, resolveDir: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    legalComments: 'none',
    external: ['@tensorflow/*', 'vitest'],
    logLevel: 'error',
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

/** Sum of the sizes in the headers of a tar: 512 bytes a header, contents in blocks of 512. */
function unpackedBytes(tarball: string): number {
  const tar = gunzipSync(readFileSync(tarball));
  let sum = 0;
  for (let at = 0; at < tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8);
    sum += size;
    at += 512 * (1 + Math.ceil(size / 512));
  }
  return sum;
}

async function row(of: Packed, names: ReadonlySet<string>): Promise<string> {
  const { ours, others } = installedWith(of, names);
  const direct = Object.keys((of.manifest.dependencies as object | undefined) ?? {}).filter((name) => !names.has(name));
  const cells = [
    `[${of.name}](../${of.path}/README.md)`,
    kB(readFileSync(of.tarball).length),
    kB(unpackedBytes(of.tarball)),
    kB(await bundledBytes(`export * from './dist/index.js'`, of.dir)),
    ours.size,
    others.size,
    direct.join(', ') || '–',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The table, a row a package. */
export async function sizesTable(packages: readonly Packed[]): Promise<string> {
  const names = new Set(packages.map(({ name }) => name));
  const rows: string[] = [];
  for (const each of packages) rows.push(await row(each, names));
  return [...HEADER, ...rows].join('\n');
}

const BETWEEN = /(<!-- sizes -->\n)([\s\S]*?)(\n<!-- \/sizes -->)/;

export const writtenTable = (text: string): string => text.match(BETWEEN)?.[2] ?? '';
export function withTable(text: string, table: string): string {
  if (!BETWEEN.test(text)) throw new Error(`${sizesFile} has no <!-- sizes --> with <!-- /sizes --> two lines below`);
  return text.replace(BETWEEN, (_, open: string, __, close: string) => `${open}${table}${close}`);
}

const cellsOf = (line: string): string[] => line.split('|').map((cell) => cell.trim());
const near = (a: string, b: string): boolean => Math.abs(Number(a) - Number(b)) <= Math.max(3, 0.15 * Number(b));

/**
 * Where a table as written is no longer true. Names, counts and dependencies are compared as they are; sizes vary a little with the
 * compression and with every change, so they may be off by 15 % or 3 kB.
 */
export function staleRows(written: string, made: string): string[] {
  const [before, now] = [written.split('\n'), made.split('\n')];
  const rows = now.map((line) => {
    const name = cellsOf(line)[1]!;
    const old = before.find((each) => cellsOf(each)[1] === name);
    if (old === undefined) return `${name} is missing`;
    const same = cellsOf(line).every((cell, at) => {
      const was = cellsOf(old)[at]!;
      return was === cell || (at >= 2 && at <= 4 && Number.isFinite(Number(cell)) && near(was, cell));
    });
    return same ? undefined : `was ${old}\nis  ${line}`;
  });
  const gone = before.filter((line) => !now.some((each) => cellsOf(each)[1] === cellsOf(line)[1]));
  return [...rows.filter((row) => row !== undefined), ...gone.map((line) => `gone: ${line}`)];
}

export const sizesPath = (root: string): string => join(root, sizesFile);
