import type { InteractionTable } from '@losslab/core';
import type { Random } from '@losslab/kernels';
import { randomOf, STREAM } from '../random.ts';
import { type Factors, preferenceOf } from './factors.ts';
import { drawActivity } from './laws.ts';
import type { ResolvedGenerateOptions } from './options.ts';

/** Pairs by what became of them. */
export interface Observed {
  readonly liked: InteractionTable;
  readonly train: InteractionTable;
  readonly test: InteractionTable;
  readonly falsePositives: InteractionTable;
  readonly falseNegatives: InteractionTable;
}

const LEAST_INTERACTIONS = 5;
const DRAWS_PER_ITEM = 100;

export function observe(factors: Factors, options: ResolvedGenerateOptions): Observed {
  const pairs = {
    liked: new Pairs(options),
    train: new Pairs(options),
    test: new Pairs(options),
    falsePositives: new Pairs(options),
    falseNegatives: new Pairs(options),
  };
  const activity = randomOf(options.seed, STREAM.degrees);
  const cumulative = runningSum(factors.popularity);
  for (let user = 0; user < options.users; user++) {
    const sizes = sizesOf(options, drawActivity(activity));
    const random = randomOf(options.seed, STREAM.observation, user);
    const liked = topItems(factors, user, sizes.liked);
    const seen = weightedOrder(liked, factors.popularity, random);
    const observed = random.shuffle(seen.subarray(0, sizes.observed));
    const noise = unlikedItems(liked, cumulative, sizes.falsePositives, random);
    pairs.liked.add(user, liked);
    pairs.test.add(user, observed.subarray(0, sizes.test));
    pairs.train.add(user, observed.subarray(sizes.test));
    pairs.train.add(user, noise);
    pairs.falsePositives.add(user, noise);
    pairs.falseNegatives.add(user, seen.subarray(sizes.observed));
  }
  const { liked, train, test, falsePositives, falseNegatives } = pairs;
  return {
    liked: liked.table(),
    train: train.table(),
    test: test.table(),
    falsePositives: falsePositives.table(),
    falseNegatives: falseNegatives.table(),
  };
}

class Pairs {
  readonly #users: number[] = [];
  readonly #items: number[] = [];
  readonly #options: ResolvedGenerateOptions;

  constructor(options: ResolvedGenerateOptions) {
    this.#options = options;
  }

  add(user: number, items: Int32Array): void {
    for (const item of items) {
      this.#users.push(user);
      this.#items.push(item);
    }
  }

  table(): InteractionTable {
    const { users: userCount, items: itemCount } = this.#options;
    return { userCount, itemCount, users: Int32Array.from(this.#users), items: Int32Array.from(this.#items) };
  }
}

interface Sizes {
  readonly liked: number;
  readonly observed: number;
  readonly test: number;
  readonly falsePositives: number;
}

/** Numbers of one user's items, from the rates and how active the user is (1 on average). */
function sizesOf(options: ResolvedGenerateOptions, activity: number): Sizes {
  const { items, interactionsPerUser, falsePositiveRate, falseNegativeRate, testShare } = options;
  const all = Math.max(LEAST_INTERACTIONS, interactionsPerUser * activity);
  const noiseAnObserved = ((1 - testShare) * falsePositiveRate) / (1 - falsePositiveRate);
  const liked = Math.min(items - 1, Math.max(1, Math.round(all / (1 + noiseAnObserved) / (1 - falseNegativeRate))));
  const observed = Math.max(1, Math.round(liked * (1 - falseNegativeRate)));
  const test = observed < 2 ? 0 : Math.min(observed - 1, Math.max(1, Math.round(observed * testShare)));
  const noise = Math.round(((observed - test) * falsePositiveRate) / (1 - falsePositiveRate));
  return { liked, observed, test, falsePositives: Math.min(noise, items - liked) };
}

/** The `count` items of highest preference, by number; of equal ones the lower numbers. */
function topItems(factors: Factors, user: number, count: number): Int32Array {
  const preferences = Float32Array.from(factors.itemBias, (_, item) => preferenceOf(factors, user, item));
  const least = preferences.slice().sort()[preferences.length - count]!;
  const top = new Int32Array(count);
  let found = 0;
  for (let item = 0; item < preferences.length; item++) if (preferences[item]! > least) top[found++] = item;
  for (let item = 0; found < count; item++) if (preferences[item] === least) top[found++] = item;
  return top.sort();
}

/** Items in the order of a draw without replacement by weight (Efraimidis and Spirakis 2006). */
function weightedOrder(items: Int32Array, weights: Float32Array, random: Random): Int32Array {
  const keys = new Map<number, number>();
  for (const item of items) keys.set(item, -Math.log(1 - random.float()) / weights[item]!);
  return items.slice().sort((a, b) => keys.get(a)! - keys.get(b)! || a - b);
}

function runningSum(weights: Float32Array): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (weight) => {
    sum += weight;
    return sum;
  });
}

/** Distinct items outside `liked`, drawn by weight; where draws do not find enough, the lowest numbers left fill up. */
function unlikedItems(liked: Int32Array, cumulative: Float64Array, count: number, random: Random): Int32Array {
  const taken = new Set(liked);
  const items = new Int32Array(count);
  let found = 0;
  const take = (item: number) => {
    if (taken.has(item)) return;
    taken.add(item);
    items[found++] = item;
  };
  for (let draw = 0; draw < count * DRAWS_PER_ITEM && found < count; draw++) {
    take(firstAbove(cumulative, random.float() * cumulative.at(-1)!));
  }
  for (let item = 0; found < count; item++) take(item);
  return items;
}

/** The first place whose running sum exceeds `value`. */
function firstAbove(cumulative: Float64Array, value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
