import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LosslabError, type RunResult } from '@losslab/core';
import * as z from 'zod';
import { badFile, parseJson } from '../bad-file.ts';
import { decodePerUser, type PerUser, RunFolder } from '../folder.ts';
import { testChecksum } from '../parts-file.ts';

/** A run that a folder or a file holds: what `train` left, or a finished cell of `reproduce`. */
export interface KeptRun {
  /** The run's folder, or the cell's file. */
  readonly path: string;
  readonly kind: 'run' | 'cell';
  /** `unfinished`: no result yet, since it is running still or was killed. */
  readonly status: 'finished' | 'interrupted' | 'unfinished';
  /** Absent where it is unfinished. */
  readonly result?: RunResult;
  /** The configuration, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Finished epochs. */
  readonly epochs: number;
  /** Test metrics user by user, for paired tests; undefined where none were kept. Reads a file. */
  perUser(): PerUser | undefined;
  /** SHA-256 of the test part; undefined where a result of an earlier version does not tell. May read a file. */
  testPart(): string | undefined;
}

const named = z.object({ name: z.string() }).loose();

/** What is asked of a result before it is shown: files may be foreign, or mended by hand. */
const resultSchema = z
  .object({
    format: z.literal('losslab-run/1'),
    status: z.enum(['finished', 'interrupted']),
    dataset: z.object({ name: z.string(), checksum: z.string(), statistics: z.looseObject({}) }).loose(),
    model: named,
    loss: named.optional(),
    protocol: z.enum(['clean', 'paper']),
    seed: z.number(),
    epochs: z.number(),
    bestEpoch: z.number(),
    metrics: z.record(z.string(), z.number()),
    definitions: z.record(z.string(), z.string()),
    curve: z.array(z.looseObject({})),
    seconds: z.object({ train: z.number() }).loose(),
    engine: named,
    options: z.looseObject({}),
    finishedAt: z.string(),
  })
  .loose();

/** The run of a folder; undefined where the folder holds none. @throws LosslabError `bad-run` where a file is damaged. */
export function readRun(dir: string): KeptRun | undefined {
  const folder = new RunFolder(dir);
  const record = folder.readRecord();
  if (record === undefined) return undefined;
  if (typeof record.config !== 'object' || record.config === null) {
    throw badFile(join(dir, 'run.json'), 'a configuration', 'none');
  }
  const found = folder.readResult();
  const result = found && checkedResult(found, join(dir, 'result.json'));
  return {
    path: dir,
    kind: 'run',
    status: result?.status ?? 'unfinished',
    ...(result && { result }),
    options: { ...(result?.options ?? record.config) },
    epochs: result?.epochs ?? epochsOf(dir),
    perUser: () => folder.readPerUser(),
    testPart: () => result?.dataset.testPart ?? testChecksum(folder.readParts()),
  };
}

/** A finished cell of `reproduce`, from its file. @throws LosslabError `bad-run` where it is none. */
export function readCell(path: string): KeptRun {
  const cell = parseJson<{ format?: unknown; result?: unknown } | null>(readFileSync(path), path);
  if (cell?.format !== 'losslab-cell/1')
    throw badFile(path, 'losslab-cell/1', JSON.stringify(cell?.format) ?? 'nothing');
  const result = checkedResult(cell.result, path);
  const beside = path.replace(/\.json$/, '.per-user.safetensors');
  return {
    path,
    kind: 'cell',
    status: result.status,
    result,
    options: result.options,
    epochs: result.epochs,
    perUser: () => (existsSync(beside) ? decodePerUser(readFileSync(beside), beside) : undefined),
    testPart: () => result.dataset.testPart,
  };
}

/**
 * The run or cell at a path.
 * @throws LosslabError `bad-run` where there is none, or a file of it is damaged.
 */
export function readKept(path: string): KeptRun {
  const run = path.endsWith('.json') && existsSync(path) ? readCell(path) : readRun(path);
  if (run !== undefined) return run;
  throw new LosslabError('bad-run', `[trainer] expected a run in ${path}, got none; check the folder`, {
    where: 'run',
  });
}

function checkedResult(value: unknown, path: string): RunResult {
  const { success, error } = resultSchema.safeParse(value);
  if (success) return value as RunResult;
  const [issue] = error.issues;
  throw badFile(path, 'the result of a run', `${issue?.path.join('.') || 'its content'}: ${issue?.message}`);
}

/** Of the last checkpoint; 0 where there is none. */
function epochsOf(dir: string): number {
  const path = join(dir, 'checkpoint', 'checkpoint.json');
  if (!existsSync(path)) return 0;
  const { curve } = parseJson<{ curve?: unknown[] }>(readFileSync(path), path);
  return Array.isArray(curve) ? curve.length : 0;
}
