import { type Dataset, parseOptions } from '@losslab/core';
import * as z from 'zod';
import { datasetOf, type ProtocolOptions } from '../dataset.ts';
import { numberNames } from '../names.ts';
import { randomOf, STREAM } from '../random.ts';
import { GENERATED_PLAYS } from '../registry/registry.ts';
import { splitRows } from '../split/split.ts';
import { tableChecksum } from '../table/checksum.ts';
import { finishRates, type PlayLog } from '../table/finish-rates.ts';
import { type LabelRule, type LabelRuleName, labelRows } from '../table/labels.ts';
import { takeRows } from '../table/rows.ts';
import { drawFactors, preferenceOf } from './factors.ts';
import { drawActivity } from './laws.ts';

const share = z.number().min(0).max(0.9);

export const playSchema = z.object({
  users: z.int().min(1).max(1_000_000).default(500),
  items: z.int().min(2).max(1_000_000).default(1000),
  /** Of the latent factors. */
  dimension: z.int().min(1).max(1024).default(8),
  playsPerUser: z.number().min(1).default(60),
  /** Exponent s of Zipf's law: the k-th most popular item has weight k^-s. */
  popularitySkew: z.number().min(0).max(3).default(0.7),
  /** k: the finish rate of what a user likes is U^(1/k), of the rest 1 − U^(1/k), U uniform; 1 tells nothing of the taste. */
  contrast: z.number().min(1).default(6),
  /** Share of plays whose finish rate follows the other law: noise. */
  flipRate: z.number().min(0).max(0.5).default(0.1),
  /** Share of plays that go on after the end, up to twice the duration. */
  replayRate: share.default(0.05),
  /** Share of plays whose duration the log has as 0. */
  brokenRate: share.default(0.01),
  seed: z.int().min(0).default(1),
});

export type PlayOptions = z.input<typeof playSchema>;

/** What a generated log hides from training, row by row of the log. */
export interface PlayTruth {
  /** How much a user likes an item; above 0 is liked. */
  preference(user: number, item: number): number;
  readonly liked: Uint8Array; // [rows]
  /** Whether the finish rate speaks against the taste. */
  readonly flipped: Uint8Array; // [rows]
}

export interface GeneratedPlays {
  readonly log: PlayLog;
  readonly truth: PlayTruth;
  /** The log by a rule of labels, split 80/20 by user. */
  dataset(protocol: ProtocolOptions, rule?: LabelRuleName | LabelRule): Dataset;
}

/** Logarithm of a duration in milliseconds: half a minute in the middle, most between 10 seconds and a minute and a half. */
const [MIDDLE, SPREAD] = [Math.log(30_000), 0.6];

/**
 * Makes a log of plays whose truth is known: users play items by popularity, each once, to the end or not by the sign of their
 * preference ⟨p_u, q_i⟩ + b_i, with noise. The same options give the same bits.
 * @throws LosslabError `bad-option`, or `unknown-name` for an option
 */
export function generatePlays(given: PlayOptions = {}): GeneratedPlays {
  const options = parseOptions(playSchema, given, 'data generate plays');
  const { users: userCount, items: itemCount, contrast, flipRate, replayRate, brokenRate, seed } = options;
  const factors = drawFactors({ ...options, ...unused });
  const durations = durationsOf(itemCount, seed);
  const rows: { user: number; item: number; played: number; duration: number; liked: boolean; flipped: boolean }[] = [];
  const activity = randomOf(seed, STREAM.degrees);
  for (let user = 0; user < userCount; user++) {
    const random = randomOf(seed, STREAM.plays, user);
    const plays = Math.min(itemCount, Math.max(1, Math.round(options.playsPerUser * drawActivity(activity))));
    const keys = Float64Array.from(factors.popularity, (weight) => -Math.log(1 - random.float()) / weight);
    const chosen = Int32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]! || a - b);
    for (const item of chosen.subarray(0, plays)) {
      const liked = preferenceOf(factors, user, item) > 0;
      const flipped = random.float() < flipRate;
      const high = random.float() ** (1 / contrast);
      const [replay, broken] = [random.float() < replayRate, random.float() < brokenRate];
      const rate = replay ? 1 + random.float() : liked !== flipped ? high : 1 - high;
      const duration = durations[item]!;
      rows.push({ user, item, played: rate * duration, duration: broken ? 0 : duration, liked, flipped });
    }
  }
  const log: PlayLog = {
    userCount,
    itemCount,
    users: Int32Array.from(rows, ({ user }) => user),
    items: Int32Array.from(rows, ({ item }) => item),
    played: Float64Array.from(rows, ({ played }) => played),
    duration: Float64Array.from(rows, ({ duration }) => duration),
  };
  const truth = {
    preference: (user: number, item: number) => preferenceOf(factors, user, item),
    liked: Uint8Array.from(rows, ({ liked }) => Number(liked)),
    flipped: Uint8Array.from(rows, ({ flipped }) => Number(flipped)),
  };
  const dataset: GeneratedPlays['dataset'] = (protocol, rule = 'finish-rate') =>
    datasetFrom(log, rule, protocol, describe(options));
  return { log, truth, dataset };
}

/** Of `drawFactors`'s options what plays do without. */
const unused = {
  interactionsPerUser: 1,
  falsePositiveRate: 0,
  falseNegativeRate: 0,
  testShare: 0.2,
  dislikesPerUser: 0,
};

function durationsOf(items: number, seed: number): Float64Array {
  const random = randomOf(seed, STREAM.items);
  return Float64Array.from({ length: items }, () => Math.round(Math.exp(MIDDLE + SPREAD * random.normal())));
}

function describe({ contrast, flipRate, replayRate, brokenRate, seed }: z.output<typeof playSchema>): string {
  const share = (of: number) => `${Number((of * 100).toPrecision(6))} %`;
  return `Generated plays with known truth: contrast ${contrast}, ${share(flipRate)} against the taste, ${share(replayRate)} replayed, ${share(brokenRate)} of no duration, seed ${seed}.`;
}

function datasetFrom(
  log: PlayLog,
  rule: LabelRuleName | LabelRule,
  protocol: ProtocolOptions,
  description: string,
): Dataset {
  const provenance = [description];
  const { table: rates } = finishRates(log, provenance);
  const byTime = { ...rates, ratings: playTimes(log) };
  const table = labelRows(rule === 'play-time-quartiles' ? byTime : rates, rule, provenance);
  const { train, test } = splitRows(table, { kind: 'per-user', test: 0.2 }, protocol.seed);
  const parts = { train: takeRows(table, train), test: takeRows(table, test) };
  const ids = { users: numberNames(log.userCount), items: numberNames(log.itemCount) };
  const { unlabelled } = table;
  const checksum = tableChecksum([parts.train, parts.test]);
  return datasetOf({ name: GENERATED_PLAYS, parts, unlabelled, ids, checksum, provenance }, protocol);
}

/** Play times of the rows whose duration is known. */
function playTimes({ played, duration }: PlayLog): Float32Array {
  return Float32Array.from(played.filter((_, row) => duration[row]! > 0));
}
