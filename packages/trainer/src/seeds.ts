import type { MetricValues, RunResult, TrainEvent } from '@losslab/core';
import { targetOfSeed } from '#log';
import { type TrainOptions, train } from './train.ts';

/** An event of one of several runs. */
export interface SeedEvent {
  readonly seed: number;
  readonly event: TrainEvent;
}

export interface SeedsResult {
  /** One a seed; fewer where the signal was aborted. */
  readonly runs: readonly RunResult[];
  readonly mean: MetricValues;
  /** Sample standard deviation (n − 1); 0 with one seed. */
  readonly sd: MetricValues;
}

/** One run a seed, one after the other, each in `out/seed-<n>`. Mean and sd are over the finished ones. */
export async function* trainSeeds(
  options: TrainOptions & { readonly seeds: readonly number[] },
): AsyncGenerator<SeedEvent, SeedsResult> {
  const runs: RunResult[] = [];
  for (const seed of new Set(options.seeds)) {
    const out = options.out === undefined ? {} : { out: `${options.out}/seed-${seed}` };
    const log = options.log && { log: options.log.map((target) => targetOfSeed(target, seed)) };
    const events = train({ ...options, ...out, ...log, config: { ...options.config, seed } });
    runs.push(yield* labelled(events, seed));
    if (options.signal?.aborted) break;
  }
  return { runs, ...meanAndSd(runs.filter(({ status }) => status === 'finished').map(({ metrics }) => metrics)) };
}

async function* labelled(
  events: AsyncGenerator<TrainEvent, RunResult>,
  seed: number,
): AsyncGenerator<SeedEvent, RunResult> {
  try {
    while (true) {
      const { done, value } = await events.next();
      if (done) return value;
      yield { seed, event: value };
    }
  } finally {
    await events.return(undefined as never); // where our own caller left early
  }
}

/** Mean and sample standard deviation of each metric over runs. */
export function meanAndSd(runs: readonly MetricValues[]): { mean: MetricValues; sd: MetricValues } {
  const names = Object.keys(runs[0] ?? {});
  const mean = names.map((name) => [name, average(runs.map((run) => run[name]!))] as const);
  const sd = mean.map(([name, centre]) => {
    const squares = runs.map((run) => (run[name]! - centre) ** 2);
    return [name, runs.length > 1 ? Math.sqrt((average(squares) * runs.length) / (runs.length - 1)) : 0] as const;
  });
  return { mean: Object.fromEntries(mean), sd: Object.fromEntries(sd) };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
