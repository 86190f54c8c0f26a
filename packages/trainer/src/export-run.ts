import { join } from 'node:path';
import { LosslabError, type NamedArray, type NamedArrays, unknownName } from '@losslab/core';
import { unionOf } from '@losslab/metrics';
import { writeWhole } from './files.ts';
import type { LoadedRun } from './load-run.ts';
import { encodeNpy } from './npy.ts';
import { encodeSafetensors } from './safetensors.ts';

/*
 * embeddings.safetensors   users [U, D], items [I, D]; seen_indptr [U + 1], seen_indices: what each user had already
 * *.npy                    the same, an array a file
 * ids.json                 external ids: row k of users is ids.users[k]; beside either
 *
 * users.parquet            id, embedding (list of float32)
 * items.parquet            the same
 * seen.parquet             user, item
 */

export const EXPORT_FORMATS = ['safetensors', 'npy', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  readonly format: ExportFormat;
  /** The folder to write into; files of the same names are replaced. */
  readonly out: string;
  /** The model's parameters by their own names in place of embeddings, for models that score otherwise than by inner products. */
  readonly parameters?: boolean;
}

/**
 * Writes a run's embeddings with the external ids and the items that each user had already, for other programs: a user's
 * score of an item is the inner product of their rows, for cosine models too. Each file whole or not at all.
 * @returns the paths written
 * @throws LosslabError `unknown-name` for a format, `bad-option` where the model has no embeddings or Parquet is asked to hold
 *   parameters, `bad-run` or `missing-data` where the folder cannot be written to.
 */
export async function exportRun(run: LoadedRun, options: ExportOptions): Promise<string[]> {
  const { format, parameters = false } = options;
  if (!EXPORT_FORMATS.includes(format)) throw unknownName('format to export', format, EXPORT_FORMATS, 'trainer');
  if (format === 'parquet' && parameters) {
    throw misfit('safetensors or npy for parameters', 'parquet, which holds rows', 'choose one of those', 'format');
  }
  if (format === 'parquet') return writeTables(run, options.out);
  const arrays = parameters ? run.arrays : { ...embeddingsOf(run), ...seenOf(run) };
  return writeArrays(run, arrays, options);
}

function writeArrays(run: LoadedRun, arrays: NamedArrays, { format, out, parameters }: ExportOptions): string[] {
  const files: [string, Uint8Array[] | string][] = [['ids.json', `${JSON.stringify(run.ids)}\n`]];
  if (format === 'safetensors') {
    const name = `${parameters ? 'parameters' : 'embeddings'}.safetensors`;
    files.push([name, encodeSafetensors(arrays, describe(run))]);
  } else {
    for (const [name, array] of Object.entries(arrays)) {
      files.push([`${name.replaceAll(/[^\w.-]+/g, '.')}.npy`, encodeNpy(array)]);
    }
  }
  return files.map(([name, content]) => {
    const path = join(out, name);
    writeWhole(path, content);
    return path;
  });
}

async function writeTables(run: LoadedRun, out: string): Promise<string[]> {
  const { writeParquet } = await import('@losslab/data');
  const metadata = describe(run);
  const embeddings = embeddingsOf(run);
  const paths: string[] = [];
  for (const side of ['users', 'items'] as const) {
    const { shape, data } = embeddings[side];
    const D = shape[1]!;
    const columns = [
      { name: 'id', type: 'string', at: (row: number) => run.ids[side][row]! },
      { name: 'embedding', type: 'floats', at: (row: number) => data.subarray(row * D, (row + 1) * D) },
    ] as const;
    paths.push(join(out, `${side}.parquet`));
    await writeParquet(paths.at(-1)!, { rowCount: shape[0]!, columns, metadata });
  }
  const { seen_indptr: indptr, seen_indices: items } = seenOf(run);
  const users = Int32Array.from(items.data);
  for (let u = 0; u + 1 < indptr.data.length; u++) users.fill(u, indptr.data[u]!, indptr.data[u + 1]!);
  const columns = [
    { name: 'user', type: 'string', at: (row: number) => run.ids.users[users[row]!]! },
    { name: 'item', type: 'string', at: (row: number) => run.ids.items[items.data[row]!]! },
  ] as const;
  paths.push(join(out, 'seen.parquet'));
  await writeParquet(paths.at(-1)!, { rowCount: users.length, columns, metadata });
  return paths;
}

function embeddingsOf({ ranker, config }: LoadedRun): Record<'users' | 'items', NamedArray> {
  if (ranker.kind !== 'factors') {
    const got = `${config.model.name}, which does not`;
    throw misfit('a model that scores by inner products', got, 'export its parameters instead', 'model');
  }
  const { users, items, userCount, itemCount, dimension } = ranker;
  return {
    users: { shape: [userCount, dimension], data: users },
    items: { shape: [itemCount, dimension], data: items },
  };
}

/** What recommendations leave out: training and validation items. */
function seenOf({ train, valid }: LoadedRun): Record<'seen_indptr' | 'seen_indices', NamedArray> {
  const { indptr, indices } = unionOf(valid === undefined ? [train] : [train, valid], train.userCount);
  return {
    seen_indptr: { shape: [indptr.length], data: indptr },
    seen_indices: { shape: [indices.length], data: indices },
  };
}

function describe({ config, epoch, result }: LoadedRun): Record<string, string> {
  const dataset = result?.dataset.name ?? config.data?.name;
  return {
    format: 'losslab-embeddings/1',
    model: config.model.name,
    ...(config.loss && { loss: config.loss.name }),
    ...(dataset !== undefined && { dataset }),
    epoch: String(epoch),
  };
}

function misfit(expected: string, got: string, remedy: string, where: string): LosslabError {
  return new LosslabError('bad-option', `[trainer] expected ${expected}, got ${got}; ${remedy}`, { where });
}
