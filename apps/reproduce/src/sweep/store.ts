import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunResult } from '@losslab/core';
import { writeWhole } from '@losslab/report';
import { decodeSafetensors } from '@losslab/trainer';
import * as z from 'zod';
import { type Cell, cellName } from '../cells.ts';
import { type Probed, probedFile } from '../probe/probe.ts';

const fileSchema = z.object({
  format: z.literal('losslab-cell/1'),
  key: z.string(),
  result: z.object({ format: z.literal('losslab-run/1'), status: z.literal('finished') }).loose(),
});

/** Test metrics user by user, in the order of `users`. */
export interface PerUser {
  readonly users: Int32Array; // [n]
  readonly values: Readonly<Record<string, Float64Array>>; // [n], by `recall@20`
}

/** Finished cells of a sweep: one JSON file each in `<out>/cells`, whole or not there, and what the training left beside it. */
export interface CellStore {
  /** The result of the finished cell with that key, whatever its name; undefined where there is none that can be read. */
  read(key: string): RunResult | undefined;
  /** Undefined where the cell was kept without. */
  readPerUser(key: string): PerUser | undefined;
  /** What the experiment's probe found; undefined where there is none. */
  readProbed(key: string): Probed | undefined;
  write(cell: Cell, key: string, result: RunResult): void;
  /** The folder of a cell's unfinished training. */
  workFolder(cell: Cell, key: string): string;
  /** Finished cells and unfinished trainings that are there already. */
  count(): number;
}

const perUserFile = 'per-user.safetensors';

export function cellStore(out: string): CellStore {
  const cells = join(out, 'cells');
  const short = (key: string): string => key.slice(0, 12);
  const stem = (cell: Cell, key: string): string => `${cellName(cell).replaceAll(' ', '-')}-${short(key)}`;
  const workFolder = (cell: Cell, key: string): string => join(out, 'work', stem(cell, key));
  const find = (ending: string): string | undefined => {
    const name = files(cells).find((file) => file.endsWith(ending));
    return name === undefined ? undefined : join(cells, name);
  };
  return {
    read(key) {
      const path = find(`-${short(key)}.json`);
      return path === undefined ? undefined : readCell(path, key);
    },
    readPerUser(key) {
      const path = find(`-${short(key)}.${perUserFile}`);
      return path === undefined ? undefined : readPerUser(path);
    },
    readProbed(key) {
      const path = find(`-${short(key)}.${probedFile}`);
      return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as Probed);
    },
    write(cell, key, result) {
      const { config: _, ...of } = cell;
      for (const name of [perUserFile, probedFile]) {
        move(join(workFolder(cell, key), name), join(cells, `${stem(cell, key)}.${name}`));
      }
      const text = JSON.stringify({ format: 'losslab-cell/1', key, ...of, result }, undefined, 1);
      writeWhole(join(cells, `${stem(cell, key)}.json`), `${text}\n`);
      rmSync(workFolder(cell, key), { recursive: true, force: true });
      removeEmpty(join(out, 'work'));
    },
    workFolder,
    count: () => files(cells).filter(isCell).length + files(join(out, 'work')).length,
  };
}

const isCell = (name: string): boolean => name.endsWith('.json') && !name.endsWith(probedFile);

function readCell(path: string, key: string): RunResult | undefined {
  try {
    const file = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return file.key === key ? (file.result as unknown as RunResult) : undefined;
  } catch {
    return undefined; // cut short or not ours: the cell is trained again
  }
}

function readPerUser(path: string): PerUser {
  const { users, ...rest } = decodeSafetensors(readFileSync(path), path).arrays;
  const values = Object.entries(rest).map(([name, { data }]) => [name.replace(/^value\//, ''), data as Float64Array]);
  return { users: users!.data as Int32Array, values: Object.fromEntries(values) };
}

function move(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

function files(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.tmp')) : [];
}

/** Another cell's process may make its folder here at any moment; then it stays. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
}
