/**
 * SRNS. Ding, Quan, Yao, Li, Jin: "Simplify and Robustify Negative Sampling for Implicit Collaborative Filtering", NeurIPS 2020.
 * Each user has a memory M_u of S₁ items. False negatives score high too, but their scores vary less over training:
 *
 *     P(k | u,i) = σ(s(u,k) − s(u,i))
 *     j = argmax_{k ∈ M_u} P(k | u,i) + α_t · sd[P(k | u,i)],   α_t = α · min(1, t / T₀)
 *     M_u ← S₁ of M_u and S₂ more uniform items, without replacement, in proportion to exp(s(u,k) / τ)
 *
 * sd is over the scores at the ends of the last five epochs, t the epochs that have ended. A memory is renewed at each step that
 * its user is in. N > 1 takes the N largest; labelled rows observe no positive, and s(u,i) is 0.
 * Deviation: to have a past, items are of the user's pool, drawn once. The authors' code draws a pool an epoch, five ahead; as
 * its memories are positions in the pool, they start afresh with each.
 * Deviation: further items that are in M_u already, or drawn twice, fall away, where the authors' code draws others.
 */
import { type Batch, idMatrix, type Sampler, type SamplerContext, type SamplerDefinition } from '@losslab/core';
import { kernels as loadedKernels } from '@losslab/kernels';
import * as z from 'zod';
import { baseRows, refinedOptions } from './base-rows.ts';
import { countersOf } from './counters.ts';
import { drawnColumns } from './drawn-columns.ts';
import { expected } from './errors.ts';
import { chooseNegatives } from './srns-choice.ts';
import { ScoreHistory } from './srns-history.ts';
import { SrnsMemory } from './srns-memory.ts';
import { drawPools } from './srns-pools.ts';

const options = z.strictObject({
  ...refinedOptions,
  /** S₁ ≥ 1, items in a user's memory. */
  memory: z.int().min(1, 'must be >= 1').default(8),
  /** S₂ ≥ 1, further items that a memory is renewed from. */
  further: z.int().min(1, 'must be >= 1').default(64),
  /** τ > 0 of the memory's renewal. */
  temperature: z.number().positive('must be > 0').default(10),
  /** α ≥ 0, the weight of the standard deviation once it is whole. */
  alpha: z.number().nonnegative('must be >= 0').default(5),
  /** T₀ > 0, the epochs in which that weight grows. */
  warmup: z.number().positive('must be > 0').default(50),
  /** Items of a user whose past is kept, S₁ + S₂ or more; 20 bytes each. The authors' code has 3,000. */
  pool: z.int().min(2, 'must be >= 2').default(256),
});
export type SrnsOptions = z.output<typeof options>;

function checkSizes({ memory, further, pool }: SrnsOptions, N: number): void {
  if (memory < N) throw expected('bad-option', `memory ≥ ${N} negatives`, `${memory}`, 'raise memory', 'memory');
  if (pool < memory + further) {
    const what = `pool ≥ memory + further = ${memory + further}`;
    throw expected('bad-option', what, `${pool}`, 'raise pool, or lower further', 'pool');
  }
}

export function srnsSampler(given: SrnsOptions, context: SamplerContext): Sampler {
  const N = drawnColumns('srns', context);
  checkSizes(given, N);
  const base = baseRows(given, context);
  const counters = countersOf(context);
  const kernels = loadedKernels();
  const pools = drawPools(context, given.pool, counters, kernels);
  const observes = given.rows === 'positives' && context.positives > 0;
  const history = new ScoreHistory(pools, observes ? context.train : undefined);
  const memory = new SrnsMemory(pools, given, counters, kernels);
  return {
    name: 'srns',
    steps: base.steps,
    excludes: base.excludes,
    propose: (epoch, step, into, background) => base.propose(epoch, step, into, background),
    refine(batch, score) {
      if (N === 0) return batch;
      history.begin(batch.epoch, score);
      const weight = given.alpha * Math.min(1, history.ended / given.warmup);
      const candidates = memory.candidates(batch);
      const scores = score(batch.users, candidates.items);
      const observed = observes ? score(batch.users, observedOf(batch)) : new Float32Array(batch.users.length);
      const data = chooseNegatives({ batch, candidates, scores, observed, history, weight, columns: N });
      memory.renew(batch, candidates, scores);
      return { ...batch, negatives: idMatrix(data, N, batch.users.length) };
    },
    state: () => ({ ...history.state(), ...memory.state() }),
    load(state) {
      history.load(state);
      memory.load(state);
    },
    dispose: () => base.dispose?.(),
  };
}

function observedOf({ positives: { data, columns, rows } }: Batch) {
  return idMatrix(
    Int32Array.from({ length: rows }, (_, b) => data[b * columns]!),
    1,
    rows,
  );
}

/** Hard negatives whose scores vary over training, from a memory of each user's. */
export const srns: SamplerDefinition<SrnsOptions> = {
  kind: 'sampler',
  name: 'srns',
  summary: 'hard negatives whose scores vary over epochs, from a memory a user',
  source: 'Ding et al., NeurIPS 2020, Algorithm 1',
  options,
  create: srnsSampler,
};
