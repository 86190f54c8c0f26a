import type { Batch } from '@losslab/core';
import type { ScoreHistory } from './srns-history.ts';
import type { Candidates } from './srns-memory.ts';

export interface Choice {
  readonly batch: Batch;
  readonly candidates: Candidates;
  readonly scores: Float32Array; // [B, S₁ + S₂]
  /** s(u,i) of the observed positives; 0 where rows observe none. */
  readonly observed: Float32Array; // [B]
  readonly history: ScoreHistory;
  readonly weight: number; // α_t
  readonly columns: number; // N
}

/** The N of each row's memory with the largest P(k | u,i) + α_t · sd[P(k | u,i)], the largest first: [B, N]. */
export function chooseNegatives(choice: Choice): Int32Array {
  const { batch, candidates, scores, observed, history, weight, columns: N } = choice;
  const { items, memory } = candidates;
  const { users, positives } = batch;
  const out = new Int32Array(users.length * N);
  const values = new Float64Array(memory);
  users.forEach((user, b) => {
    const item = positives.columns > 0 ? positives.data[b * positives.columns]! : -1;
    const positive = history.placeOf(user, item);
    const first = b * items.columns;
    for (let k = 0; k < memory; k++) {
      const likelihood = 1 / (1 + Math.exp(observed[b]! - scores[first + k]!));
      values[k] = likelihood + weight * history.deviation(user, candidates.positions[first + k]!, positive);
    }
    const order = [...values.keys()].sort((p, q) => values[q]! - values[p]! || p - q);
    for (let n = 0; n < N; n++) out[b * N + n] = items.data[first + order[n]!]!;
  });
  return out;
}
