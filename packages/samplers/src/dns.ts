/**
 * DNS, dynamic negative sampling. Zhang, Chen, Wang, Yu: "Optimizing Top-N Collaborative Filtering via Dynamic Negative Item
 * Sampling", SIGIR 2013. Of M items drawn uniformly, the negative is the one that the model scores highest now:
 *
 *     j = argmax_{k ∈ C} s(u,k),   C of M uniform draws from what u did not touch
 *
 * Deviation: the paper also weighs the M ranks by a distribution; this is its case of the first rank alone, as all later work has it.
 */
import { type Batch, idMatrix, type Sampler, type SamplerContext, type SamplerDefinition } from '@losslab/core';
import * as z from 'zod';
import { baseRows, refinedOptions } from './base-rows.ts';
import { drawnColumns } from './drawn-columns.ts';

const options = z.strictObject({
  ...refinedOptions,
  /** M ≥ 1, the items of which the hardest is taken; 1 is uniform sampling. */
  candidates: z.int().min(1, 'must be >= 1').default(5),
});
export type DnsOptions = z.output<typeof options>;

/** The position of the largest of values[from .. from + count), of equals the first. */
function largest(values: Float32Array, from: number, count: number): number {
  let best = from;
  for (let at = from + 1; at < from + count; at++) if (values[at]! > values[best]!) best = at;
  return best;
}

/** Candidates [B, N · M] are a pure function of (epoch, step): `refine` has them proposed again. */
export function dnsSampler(given: DnsOptions, context: SamplerContext): Sampler {
  const M = given.candidates;
  const N = drawnColumns('dns', context);
  const base = baseRows(given, { ...context, negatives: N * M });
  const pick = (batch: Batch, which: (group: number) => number): Batch => {
    const { data, rows } = batch.negatives as Exclude<Batch['negatives'], 'in-batch'>;
    const chosen = Int32Array.from({ length: rows * N }, (_, group) => data[which(group)]!);
    return { ...batch, negatives: idMatrix(chosen, N, rows) };
  };
  return {
    name: 'dns',
    steps: base.steps,
    excludes: base.excludes,
    propose: (epoch, step) => pick(base.propose(epoch, step), (group) => group * M),
    refine(batch, score) {
      if (N === 0) return batch;
      const proposed = base.propose(batch.epoch, batch.step);
      const scores = score(batch.users, proposed.negatives as Exclude<Batch['negatives'], 'in-batch'>);
      return { ...batch, negatives: pick(proposed, (group) => largest(scores, group * M, M)).negatives };
    },
    dispose: () => base.dispose?.(),
  };
}

/** Each negative is the hardest of M uniform ones, by the model's scores at that step. */
export const dns: SamplerDefinition<DnsOptions> = {
  kind: 'sampler',
  name: 'dns',
  summary: 'each negative the highest scored of M uniform ones',
  source: 'Zhang et al., SIGIR 2013',
  options,
  create: dnsSampler,
};
