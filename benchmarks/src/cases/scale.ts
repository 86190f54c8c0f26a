import { useEngine } from '@losslab/backend';
import type { LossDefinition } from '@losslab/core';
import { generateByPopularity } from '@losslab/data';
import { kernels } from '@losslab/kernels';
import { sl } from '@losslab/loss-bsl';
import { bpr } from '@losslab/loss-classic';
import type { Contender } from '../contender.ts';
import { type LosslabStep, losslabStep } from '../losslab-step.ts';
import type { Case, CaseOptions } from './case.ts';

/** Interactions of the data sets; the first has the size of MovieLens 100K, and users and items grow with them. */
const SIZES = [100_000, 1_000_000, 10_000_000, 100_000_000];
const INTERACTIONS_A_USER = 100;
/** Interactions of one timed run. */
const TIMED = 1 << 15;

/** Steps before the clock starts, at most: most rows should have moments, as in the middle of training. */
const MOST_WARMING = 500;

interface Scale<Options> {
  readonly name: string;
  readonly loss: LossDefinition<Options>;
  readonly similarity: 'dot' | 'cosine';
  readonly batch: number;
  readonly negatives: number;
}

/**
 * What an interaction costs in training as the data grow, from the caches into memory: the process's CPU time on one thread, since
 * other work on the machine lengthens it least.
 */
function scaleCase<Options>({ name, loss, similarity, batch, negatives }: Scale<Options>, largest: number): Case {
  const sizes = SIZES.filter((size) => size <= largest);
  const steps: LosslabStep[] = [];
  const shuffles: Record<string, string> = {};
  const stepsOf = (interactions: number): LosslabStep => {
    const [users, items] = [interactions / INTERACTIONS_A_USER, Math.max(2000, interactions / 200)];
    const { train } = generateByPopularity({ users, items, interactionsPerUser: INTERACTIONS_A_USER });
    const dimensions = { users, items, batch, negatives, dimension: 64 };
    const step = losslabStep(loss, { similarity }, dimensions, { train, exclude: 'seen' });
    const milliseconds = shuffleTime(step);
    shuffles[`shuffle of ${label(interactions)}`] = `${((milliseconds / interactions) * 1000).toFixed(3)} µs each`;
    for (let k = 0; k < Math.min(MOST_WARMING, users / batch); k++) step.run();
    steps.push(step);
    return step;
  };
  return {
    name,
    title: `1,000 interactions of ${loss.name}, MF, B ${batch.toLocaleString('en')}, N ${negatives}, D 64, CPU time of one thread (ms of 1,000: µs of one)`,
    rounds: 7,
    budgets: [{ contender: `losslab, ${label(SIZES.at(-1)!)}`, peer: `losslab, ${label(SIZES[0]!)}`, most: 3 }],
    async contenders() {
      await useEngine('simd');
      kernels().engine.threads = 1;
      return sizes.map((size) => thousand(`losslab, ${label(size)}`, stepsOf(size), batch));
    },
    facts: () => ({ ...shuffles, 'peak resident memory': gibibytes(process.resourceUsage().maxRSS * 1024) }),
    close: () => {
      for (const step of steps.splice(0)) step.dispose();
    },
  };
}

const label = (interactions: number): string => `${interactions.toLocaleString('en')} interactions`;
const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GiB`;

/** Milliseconds that the first batch of an epoch takes beyond the second. */
function shuffleTime({ sampler }: LosslabStep): number {
  const [t0, , t1, , t2] = [
    performance.now(),
    sampler.propose(0, 0),
    performance.now(),
    sampler.propose(0, 1),
    performance.now(),
  ];
  return Math.max(0, t1 - t0 - (t2 - t1));
}

function thousand(name: string, step: LosslabStep, batch: number): Contender {
  const run = async (): Promise<number> => {
    const start = process.cpuUsage();
    for (let done = 0; done < TIMED; done += batch) step.run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / TIMED;
  };
  return { name, run, close: () => {} };
}

export const scaleBpr = ({ largest }: CaseOptions): Case =>
  scaleCase({ name: 'scale-bpr', loss: bpr, similarity: 'dot', batch: 1024, negatives: 1 }, largest);

export const scaleSl = ({ largest }: CaseOptions): Case =>
  scaleCase({ name: 'scale-sl', loss: sl, similarity: 'cosine', batch: 1024, negatives: 64 }, largest);
