import { type Protocol, parseOptions } from '@losslab/core';
import type { OpenOptions } from '@losslab/data';
import { type Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { positiveNumber, wholeNumbers } from './parse.ts';

/** How data is to be read, from the command line. */
export interface DataFlags {
  readonly dataDir?: string;
  readonly format?: string;
  readonly columns?: Readonly<Record<string, string | number>>;
  readonly split?: string;
  readonly minRating?: number;
  readonly kCore?: { readonly users: number; readonly items: number };
}

const columnRef = z.union([z.string(), z.int().min(0)]);

/** Options of reading that a run's configuration keeps, as `--set data.minRating=4` gives them. */
const dataSchema = z.strictObject({
  format: z.union([z.string(), z.looseObject({ kind: z.string() })]).optional(),
  columns: z
    .strictObject({
      user: columnRef,
      item: columnRef,
      rating: columnRef.optional(),
      timestamp: columnRef.optional(),
      timestampUnit: z.enum(['s', 'ms']).optional(),
      label: columnRef.optional(),
      finishRate: z.strictObject({ played: columnRef, duration: columnRef }).optional(),
    })
    .optional(),
  split: z.union([z.string(), z.looseObject({ kind: z.string() })]).optional(),
  minRating: z.number().optional(),
  /** How ratings become labels: a rule of @losslab/data by name, or thresholds. */
  labels: z
    .union([
      z.string(),
      z.strictObject({ positiveFrom: z.number(), negativeTo: z.number(), strict: z.boolean().optional() }),
      z.strictObject({ positiveQuantile: z.number(), negativeQuantile: z.number() }),
    ])
    .optional(),
  kCore: z.strictObject({ users: z.int().min(1), items: z.int().min(1) }).optional(),
  /** Rate of false positives injected into the training part: 0.1 adds a tenth to each user's items. */
  falsePositives: z.number().min(0, 'must be >= 0').optional(),
  /** Options of the data set `generated`. */
  generate: z.looseObject({}).optional(),
  /** Options of the data set `generated-plays`. */
  plays: z.looseObject({}).optional(),
  /** Of the split and of the validation part; not the run's, so that seeds of a run share their data. */
  seed: z.int().min(0).default(1),
});

/** Reads the options beside the name of `data` in a configuration. @throws LosslabError `unknown-name`, `bad-option` */
export function openOptions(name: string, given: unknown, protocol: Protocol): OpenOptions {
  return { ...(parseOptions(dataSchema, given, `data ${name}`) as Omit<OpenOptions, 'protocol'>), protocol };
}

/** The flags that are options of reading, without those that were not given and the search path. */
export function givenDataOptions({ format, columns, split, minRating, kCore }: DataFlags): Record<string, unknown> {
  const all = Object.entries({ format, columns, split, minRating, kCore });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

export function addDataOptions(command: Command): Command {
  return command
    .option('--data-dir <dir>', 'look here first for data sets; then $LOSSLAB_DATA, ./data, the cache folder')
    .option('--format <name>', 'format of the files, where it is not plain: csv, tsv, parquet, lightgcn, recbole, ...')
    .option('--columns <mapping>', 'columns by name or position: user=userId,item=movieId,rating=2', columns)
    .option('--split <how>', 'of one file: per-user:80/20, random:80/10/10, temporal:80/20 or leave-one-out')
    .option('--min-rating <r>', 'take only rows with at least this rating', positiveNumber)
    .option('--k-core <k>', 'take only users and items with k rows: 10, or 10,5 for users and items', kCore);
}

function columns(text: string): Record<string, string | number> {
  const pairs = text.split(',').map((pair) => pair.split('='));
  if (pairs.some((pair) => pair.length !== 2 || pair.includes(''))) {
    throw new InvalidArgumentError('expected user=NAME,item=NAME and perhaps rating=NAME,timestamp=NAME.');
  }
  return Object.fromEntries(pairs.map(([key, column]) => [key, /^\d+$/.test(column!) ? Number(column) : column!]));
}

function kCore(text: string): { users: number; items: number } {
  const [users, items = users, ...rest] = wholeNumbers(1)(text);
  if (rest.length > 0) throw new InvalidArgumentError('expected one or two whole numbers.');
  return { users: users!, items: items! };
}
