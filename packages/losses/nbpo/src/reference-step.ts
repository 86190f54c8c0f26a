/**
 * The regime in which the authors' code trains (Yu & Qin, SIGIR 2020), for any loss of one positive a row:
 *
 *     Θ ← Θ + η( Σ_{(u,i,j)} ∇ − λΘ )   after each batch, over its B·ρ triples (u, i, j)
 *
 * Gradients are summed where the paper's losses here are means, and a positive counts once for each of its ρ negatives, where eq. 9
 * counts it once. λΘ is over whole matrices: that is `sgd` with `weightDecay`. What else the regime has is in regime.ts.
 * Deviation: where |ΣU| reaches 1e10 the code stops quietly; here that is an error, looked for after each epoch.
 */
import {
  type Batch,
  idMatrix,
  LosslabError,
  type Parameters,
  type Scores,
  type Step,
  type StepDefinition,
} from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

/** Sums of parameters beyond this are divergence. */
const MOST = 1e10;

/**
 * The batch as triples: B·N rows of one positive and one negative each.
 * @throws LosslabError `bad-option` for in-batch negatives, or for another number of positives than one
 */
export function asTriples(batch: Batch): Batch {
  const { users, positives, negatives } = batch;
  if (negatives === 'in-batch') throw misfit('sampled negatives', 'in-batch', 'give a number', 'negatives');
  if (positives.columns !== 1) {
    throw misfit('one positive a row', `${positives.columns}`, 'set positives to 1', 'positives');
  }
  const { columns: N, data } = negatives;
  return {
    ...batch,
    users: repeated(users, N),
    positives: idMatrix(repeated(positives.data, N), 1),
    negatives: idMatrix(data, 1),
  };
}

function repeated(ids: Int32Array, times: number): Int32Array {
  const out = new Int32Array(ids.length * times);
  for (let row = 0; row < ids.length; row++) {
    for (let k = row * times; k < (row + 1) * times; k++) out[k] = ids[row]!;
  }
  return out;
}

/** The scores of a batch's rows as those of its triples: a positive is scored once, and counts N times. */
export function scoresAsTriples({ positive, negative }: Scores): Scores {
  const [rows, N] = negative.shape;
  return {
    positive: tf.reshape(tf.add(positive, tf.zeros([1, N])), [rows * N, 1]),
    negative: tf.reshape(negative, [rows * N, 1]),
  };
}

/** @throws LosslabError `not-finite` where a matrix has diverged */
function checkSums(parameters: Parameters, epoch: number): void {
  for (const [name, { data }] of Object.entries(parameters.arrays())) {
    let sum = 0;
    for (const value of data) sum += value;
    if (Math.abs(sum) < MOST) continue;
    throw new LosslabError(
      'not-finite',
      `[loss-nbpo] expected |Σ ${name}| < 1e10 after epoch ${epoch}, got ${sum.toExponential(1)}; lower optimizer.learningRate`,
      { where: 'optimizer' },
    );
  }
}

const step: Step = {
  name: 'nbpo-reference',
  streams: [{ name: 'train', source: 'positives' }],
  async *epoch({ epoch, streams, firstStep, parameters, objective, optimizer }) {
    const { steps, batch } = streams.train!;
    for (let at = firstStep; at < steps; at++) {
      const rows = batch(at);
      const triples = asTriples(rows);
      const { loss, gradients } = parameters.gradient(objective(rows, { batch: triples, scores: scoresAsTriples }));
      if (Number.isFinite(loss)) optimizer.apply(gradients, { scale: triples.users.length });
      if (at === steps - 1) checkSums(parameters, epoch);
      yield { step: at, steps, loss };
    }
  },
};

const options = z.strictObject({});

export const nbpoReference: StepDefinition<z.output<typeof options>> = {
  kind: 'step',
  name: 'nbpo-reference',
  summary: 'NBPO’s own regime: gradients summed over triples (u, i, j), so that a positive counts once a negative.',
  source: 'The code published with Yu & Qin, SIGIR 2020',
  options,
  create: () => step,
};

function misfit(expected: string, got: string, remedy: string, where: string): LosslabError {
  return new LosslabError('bad-option', `[loss-nbpo] expected ${expected} for nbpo-reference, got ${got}; ${remedy}`, {
    where,
  });
}
