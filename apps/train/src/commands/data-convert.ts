import { mkdirSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { type Dataset, type IdMaps, interactionsFromTable, LosslabError, unknownName } from '@losslab/core';
import {
  openDataset,
  REGISTRY,
  readFiles,
  WRITE_FORMATS,
  type WriteFormat,
  writeDataset,
  writeLightGcn,
  writeRows,
} from '@losslab/data';
import { writeWhole } from '@losslab/report';
import { givenDataOptions, openOptions } from '../cli/data-options.ts';
import { makeOutput } from '../cli/output.ts';
import { dataProgress, makeBar } from '../cli/progress.ts';
import type { ConvertFlags } from './data.ts';

/** `losslab data convert <data>`. */
export async function convertCommand(name: string, flags: ConvertFlags): Promise<number> {
  const output = makeOutput();
  const to = formatNamed(flags.to);
  const bar = makeBar();
  try {
    const written =
      extname(flags.out) === '' ? await convertParts(name, to, flags) : await convertFile(name, to, flags);
    bar.stop();
    for (const path of written) output.print(path);
    return 0;
  } finally {
    bar.stop();
  }

  async function convertParts(from: string, format: WriteFormat, { dataDir, out }: ConvertFlags): Promise<string[]> {
    const options = openOptions(from, givenDataOptions(flags), 'paper');
    const dataset = await openDataset(from, { ...options, dataDir, onProgress: dataProgress(bar) });
    return writeParts(dataset, out, format);
  }

  async function convertFile(from: string, format: WriteFormat, { out }: ConvertFlags): Promise<string[]> {
    if (REGISTRY.has(from) || !isFile(from)) throw notOneFile(from, out);
    const { format: given, columns } = openOptions(from, givenDataOptions(flags), 'paper');
    const read = await readFiles([from], { format: given, columns, onProgress: dataProgress(bar) });
    const { userCount, itemCount, ids } = read;
    const { labels: _, ...rows } = read.files[0]!.rows;
    const table = { userCount, itemCount, ...rows };
    mkdirSync(dirname(out), { recursive: true });
    if (format !== 'lightgcn') {
      await writeRows(out, table, ids, format);
      return [out];
    }
    await writeLightGcn(out, interactionsFromTable(table));
    return [out, writeIds(dirname(out), ids)];
  }
}

async function writeParts(dataset: Dataset, folder: string, format: WriteFormat): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const paths = await writeDataset(dataset, folder, format);
  return format === 'lightgcn' ? [...paths, writeIds(folder, dataset.ids)] : paths;
}

/** LightGCN text holds numbers alone; what they were called is kept beside it. */
function writeIds(folder: string, ids: IdMaps): string {
  const path = join(folder, 'ids.json');
  writeWhole(path, `${JSON.stringify(ids)}\n`);
  return path;
}

function formatNamed(name: string): WriteFormat {
  const found = WRITE_FORMATS.find((format) => format === name);
  if (found === undefined) throw unknownName('format to write', name, WRITE_FORMATS, 'losslab');
  return found;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function notOneFile(from: string, out: string): LosslabError {
  return new LosslabError(
    'bad-option',
    `[losslab] expected a folder for the parts of ${from}, got ${out}; leave out the extension`,
    {
      where: '--out',
    },
  );
}
