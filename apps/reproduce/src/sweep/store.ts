import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult } from '@losslab/core';
import { writeWhole } from '@losslab/report';
import { z } from 'zod';
import { type Cell, cellName } from '../cells.ts';

const fileSchema = z.object({
  format: z.literal('losslab-cell/1'),
  key: z.string(),
  result: z.object({ format: z.literal('losslab-run/1'), status: z.literal('finished') }).loose(),
});

/** Finished cells of a sweep: one JSON file each in `<out>/cells`, whole or not there. */
export interface CellStore {
  /** The result of the finished cell with that key, whatever its name; undefined where there is none that can be read. */
  read(key: string): RunResult | undefined;
  write(cell: Cell, key: string, result: RunResult): void;
  /** The folder of a cell's unfinished training. */
  workFolder(cell: Cell, key: string): string;
  /** Finished cells and unfinished trainings that are there already. */
  count(): number;
}

export function cellStore(out: string): CellStore {
  const short = (key: string): string => key.slice(0, 12);
  const stem = (cell: Cell, key: string): string => `${cellName(cell).replaceAll(' ', '-')}-${short(key)}`;
  const path = (cell: Cell, key: string): string => join(out, 'cells', `${stem(cell, key)}.json`);
  const workFolder = (cell: Cell, key: string): string => join(out, 'work', stem(cell, key));
  return {
    read(key) {
      const name = files(join(out, 'cells')).find((file) => file.endsWith(`-${short(key)}.json`));
      return name === undefined ? undefined : readCell(join(out, 'cells', name), key);
    },
    write(cell, key, result) {
      const { config: _, ...of } = cell;
      writeWhole(
        path(cell, key),
        `${JSON.stringify({ format: 'losslab-cell/1', key, ...of, result }, undefined, 1)}\n`,
      );
      rmSync(workFolder(cell, key), { recursive: true, force: true });
      removeEmpty(join(out, 'work'));
    },
    workFolder,
    count: () => files(join(out, 'cells')).length + files(join(out, 'work')).length,
  };
}

function readCell(path: string, key: string): RunResult | undefined {
  try {
    const file = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return file.key === key ? (file.result as unknown as RunResult) : undefined;
  } catch {
    return undefined; // cut short or not ours: the cell is trained again
  }
}

function files(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.tmp')) : [];
}

function removeEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}
