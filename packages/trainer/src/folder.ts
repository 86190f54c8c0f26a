import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Dataset,
  type EngineInfo,
  type IdMaps,
  type Interactions,
  LosslabError,
  type RunResult,
  type Session,
} from '@losslab/core';
import { arraysOf } from './arrays.ts';
import { badFile, parseJson } from './bad-file.ts';
import { CheckpointStore } from './checkpoint.ts';
import type { RunConfig } from './config.ts';
import { isLeftOver, readWhole, writeWhole } from './files.ts';
import { decodeParts, encodeParts, type Parts } from './parts-file.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

/*
 * run.json              configuration, defaults filled in; checksum of the data; who trained it when
 * ids.json              external ids of users and items
 * parts.safetensors     the parts of the data set
 * checkpoint/           see checkpoint.ts
 * result.json           once the run has ended
 * per-user.safetensors  test metrics user by user
 */

export interface RunRecord {
  readonly format: 'losslab-run/1';
  readonly config: RunConfig;
  /** Of the files that the data came from. */
  readonly checksum: string;
  /** Of the parts, as they were split. */
  readonly split: string;
  readonly engine: EngineInfo;
  /** The processes that took part so far; absent in runs of earlier versions. */
  readonly sessions?: readonly Session[];
}

/** Test metrics user by user, in the order of `users`. */
export interface PerUser {
  readonly users: Int32Array; // [n]
  readonly values: Readonly<Record<string, Float64Array>>; // [n], by `recall@20`
}

/** Reads `per-user.safetensors`. @throws LosslabError `bad-run` where it is no such file. */
export function decodePerUser(bytes: Uint8Array, path: string): PerUser {
  const { arrays } = decodeSafetensors(bytes, path);
  const users = arrays.users?.data;
  if (!(users instanceof Int32Array)) throw badFile(path, 'metrics user by user', Object.keys(arrays).join(', '));
  const columns = Object.entries(arraysOf(arrays, 'value')).map(([name, { data }]) => [name, data as Float64Array]);
  return { users, values: Object.fromEntries(columns) };
}

/** The folder of one run. */
export class RunFolder {
  readonly dir: string;
  readonly checkpoints: CheckpointStore;

  constructor(dir: string) {
    this.dir = dir;
    this.checkpoints = new CheckpointStore(join(dir, 'checkpoint'));
  }

  /** What the run was started with, or undefined where the folder holds no run. */
  readRecord(): RunRecord | undefined {
    return this.#readJson<RunRecord>('run.json', 'losslab-run/1');
  }

  /** Writes what a run can be loaded with but its weights. run.json comes last: where it is, the rest is whole. */
  begin(record: RunRecord, dataset: Dataset): void {
    writeWhole(join(this.dir, 'ids.json'), `${JSON.stringify(dataset.ids)}\n`);
    writeWhole(join(this.dir, 'parts.safetensors'), encodeParts(dataset));
    this.#writeJson('run.json', record);
  }

  writeSessions(sessions: readonly Session[]): void {
    this.#writeJson('run.json', { ...this.readRecord(), sessions });
  }

  readResult(): RunResult | undefined {
    return this.#readJson<RunResult>('result.json', 'losslab-run/1');
  }

  writeResult(result: RunResult): void {
    this.#writeJson('result.json', result);
  }

  /** Metrics of each evaluated user at test, for paired tests between runs. */
  writePerUser({ users, values }: PerUser): void {
    const columns = Object.entries(values).map(([name, data]) => [`value/${name}`, { shape: [data.length], data }]);
    const arrays = { users: { shape: [users.length], data: users }, ...Object.fromEntries(columns) };
    writeWhole(join(this.dir, 'per-user.safetensors'), encodeSafetensors(arrays));
  }

  readPerUser(): PerUser | undefined {
    const path = join(this.dir, 'per-user.safetensors');
    const bytes = readWhole(path);
    if (bytes === undefined) return undefined;
    return decodePerUser(bytes, path);
  }

  /** @throws LosslabError `bad-run` where there are not as many ids as users and items */
  readIds({ userCount, itemCount }: Interactions): IdMaps {
    const path = join(this.dir, 'ids.json');
    const bytes = readWhole(path);
    if (bytes === undefined) throw badFile(path, 'ids', 'no file');
    const ids = parseJson<Partial<IdMaps> | null>(bytes, path);
    const [users, items] = [ids?.users?.length ?? 0, ids?.items?.length ?? 0];
    if (users === userCount && items === itemCount) return ids as IdMaps;
    throw badFile(path, `ids of ${userCount} users and ${itemCount} items`, `${users} and ${items}`);
  }

  readParts(): Parts {
    const path = join(this.dir, 'parts.safetensors');
    const bytes = readWhole(path);
    if (bytes === undefined) throw badFile(path, 'the parts of the data', 'no file');
    return decodeParts(bytes, path);
  }

  /** Whether there is nothing in it, or no such folder. */
  isEmpty(): boolean {
    try {
      return readdirSync(this.dir).every(isLeftOver);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
      throw new LosslabError('bad-run', `[trainer] expected a folder, got ${this.dir}; choose another`, {
        where: 'out',
        cause: error,
      });
    }
  }

  /** Takes away what `begin` wrote, run.json first, and the folder where nothing else is in it. */
  remove(): void {
    for (const name of ['run.json', 'ids.json', 'parts.safetensors']) rmSync(join(this.dir, name), { force: true });
    for (const dir of [this.checkpoints.dir, this.dir]) {
      try {
        rmdirSync(dir);
      } catch {
        // not there, or not empty
      }
    }
  }

  #readJson<T extends { format: string }>(name: string, format: T['format']): T | undefined {
    const path = join(this.dir, name);
    const bytes = readWhole(path);
    if (bytes === undefined) return undefined;
    const value = parseJson<T | null>(bytes, path);
    if (value?.format !== format) throw badFile(path, format, JSON.stringify(value?.format) ?? 'nothing');
    return value;
  }

  #writeJson(name: string, value: unknown): void {
    writeWhole(join(this.dir, name), `${JSON.stringify(value, undefined, 2)}\n`);
  }
}
