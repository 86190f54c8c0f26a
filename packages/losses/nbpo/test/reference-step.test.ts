import { type Batch, type IdMatrix, idMatrix } from '@losslab/core';
import { generate } from '@losslab/data';
import { bpr } from '@losslab/loss-classic';
import { asTriples, bpo, nbpo, nbpoO, nbpoReference, nbpoS, shiftMc } from '@losslab/loss-nbpo';
import { metrics } from '@losslab/metrics';
import { mf } from '@losslab/models';
import { samplers } from '@losslab/samplers';
import { addMatchers } from '@losslab/testkit';
import { finish, type Plugins, prepare, type RunConfigInput, trainParts } from '@losslab/trainer';
import { describe, expect, test } from 'vitest';
import { sigma } from './naive.ts';

addMatchers();
const { dataset } = generate({ users: 30, items: 40, interactionsPerUser: 8, seed: 2 });
const steps = { 'nbpo-reference': nbpoReference };
const plugins = { losses: { bpo, bpr, nbpo }, models: { mf }, samplers, metrics, steps } as unknown as Plugins;
const [eta, lambdaTheta, lambdaPhi, K, L, rho] = [0.01, 0.3, 0.8, 4, 3, 2];
const config: RunConfigInput = {
  model: { name: 'mf', dimension: K, initialiser: 'uniform' },
  loss: { name: 'nbpo', L, lambda: lambdaPhi },
  step: 'nbpo-reference',
  sampler: { name: 'uniform', order: 'sequential' },
  optimizer: { name: 'sgd', learningRate: eta, weightDecay: lambdaTheta },
  schedule: { name: 'exponential', decay: 0.99 },
  batchSize: 50,
  negatives: rho,
  epochs: 2,
  evaluateEvery: 0,
  at: [5],
  engine: 'simd',
};

type Matrix = number[][];
const toMatrix = (data: ArrayLike<number>, D: number): Matrix =>
  Array.from({ length: data.length / D }, (_, row) => Array.from({ length: D }, (_, d) => data[row * D + d]!));
const dot = (a: number[], b: number[]): number => a.reduce((sum, x, d) => sum + x * b[d]!, 0);
const zeros = (like: Matrix): Matrix => like.map((row) => row.map(() => 0));
const add = (into: number[], row: number[], times: number): void => {
  for (const [d, x] of row.entries()) into[d]! += times * x;
};

/** One epoch as the authors train, in float64: loops over triples, sums, and decay of whole matrices. */
function epochByHand({ U, V, P, Q }: Record<'U' | 'V' | 'P' | 'Q', Matrix>, batches: Batch[], rate: number): void {
  for (const { users, positives, negatives } of batches) {
    const [dU, dV, dP, dQ] = [zeros(U), zeros(V), zeros(P), zeros(Q)];
    const pull = (u: number, i: number, byR: number, byGamma: number): void => {
      add(dU[u]!, V[i]!, byR);
      add(dV[i]!, U[u]!, byR);
      add(dP[u]!, Q[i]!, byGamma);
      add(dQ[i]!, P[u]!, byGamma);
    };
    users.forEach((u, b) => {
      for (let n = 0; n < rho; n++) {
        const [i, j] = [positives.data[b]!, (negatives as IdMatrix).data[b * rho + n]!];
        const [ri, rj] = [dot(U[u]!, V[i]!), dot(U[u]!, V[j]!)];
        const [gi, gj] = [dot(P[u]!, Q[i]!), dot(P[u]!, Q[j]!)];
        pull(u, i, sigma(-gi) * sigma(-ri), -sigma(gi) * sigma(ri));
        pull(u, j, -sigma(rj) + sigma(gj) * sigma(-rj), sigma(-gj) * sigma(rj));
      }
    });
    for (const [matrix, moves, lambda] of [
      [U, dU, lambdaTheta],
      [V, dV, lambdaTheta],
      [P, dP, lambdaPhi],
      [Q, dQ, lambdaPhi],
    ] as const) {
      for (const [r, row] of matrix.entries()) {
        for (const [d, x] of row.entries()) row[d] = x + rate * (moves[r]![d]! - lambda * x);
      }
    }
  }
}

test('two epochs are the authors’ loops over triples in float64', async () => {
  const parts = prepare({ config, dataset, plugins });
  const matrices = () => {
    const of = parts.parameters!.arrays();
    return {
      U: toMatrix(of.users!.data, K),
      V: toMatrix(of.items!.data, K),
      P: toMatrix(of['gamma.users']!.data, L),
      Q: toMatrix(of['gamma.items']!.data, L),
    };
  };
  const expected = matrices();
  for (const epoch of [1, 2]) {
    const batches = Array.from({ length: parts.sampler!.steps }, (_, at) => parts.sampler!.propose(epoch, at));
    epochByHand(expected, batches, eta * 0.99 ** (epoch - 1));
  }
  await finish(trainParts(parts));
  const found = matrices();
  for (const name of ['U', 'V', 'P', 'Q'] as const) {
    expect(found[name].flat(), name).toBeCloseToArray(expected[name].flat(), { absolute: 1e-5 });
  }
  parts.dispose();
});

test('batches are in user order', () => {
  const { sampler, dispose } = prepare({ config, dataset, plugins });
  const users = Array.from({ length: sampler!.steps }, (_, at) => [...sampler!.propose(1, at).users]).flat();
  expect(users).toEqual(users.toSorted((a, b) => a - b));
  dispose();
});

test('other losses train in it too: BPR’s gradient is summed over triples', async () => {
  const whole = { ...config, loss: 'bpr', batchSize: 10_000, epochs: 1 };
  const parts = prepare({ config: whole, dataset, plugins });
  const { users, items } = parts.parameters!.arrays();
  const [U, V] = [toMatrix(users!.data, K), toMatrix(items!.data, K)];
  const { users: of, positives, negatives } = asTriples(parts.sampler!.propose(1, 0));
  const moves = U.map((row) => row.map((x) => -lambdaTheta * x));
  for (const [k, u] of of.entries()) {
    const [i, j] = [V[positives.data[k]!]!, V[(negatives as IdMatrix).data[k]!]!];
    const slope = sigma(dot(U[u]!, j) - dot(U[u]!, i));
    add(moves[u]!, i, slope);
    add(moves[u]!, j, -slope);
  }
  await finish(trainParts(parts));
  const expected = U.map((row, u) => row.map((x, d) => x + eta * moves[u]![d]!));
  expect(parts.parameters!.arrays().users!.data).toBeCloseToArray(expected.flat(), { absolute: 1e-5 });
  parts.dispose();
});

describe('triples', () => {
  const batch: Batch = {
    epoch: 1,
    step: 0,
    users: Int32Array.of(7, 8),
    positives: idMatrix(Int32Array.of(1, 2), 1),
    negatives: idMatrix(Int32Array.of(3, 4, 5, 6), 2),
  };

  test('repeat the user and the positive for each negative', () => {
    const { users, positives, negatives } = asTriples(batch);
    expect([...users]).toEqual([7, 7, 8, 8]);
    expect(positives).toEqual({ data: Int32Array.of(1, 1, 2, 2), rows: 4, columns: 1 });
    expect(negatives).toEqual({ data: Int32Array.of(3, 4, 5, 6), rows: 4, columns: 1 });
  });

  test('want one positive and sampled negatives', () => {
    expect(() => asTriples({ ...batch, negatives: 'in-batch' })).toThrow(
      '[loss-nbpo] expected sampled negatives for nbpo-reference, got in-batch; give a number',
    );
    expect(() => asTriples({ ...batch, positives: idMatrix(Int32Array.of(1, 2, 3, 4), 2) })).toThrow(
      '[loss-nbpo] expected one positive a row for nbpo-reference, got 2; set positives to 1',
    );
  });
});

test('a training that diverges ends with an error that names the matrix', async () => {
  const wild = { ...config, optimizer: { name: 'sgd', learningRate: 900, weightDecay: 0.3 } };
  const parts = prepare({ config: wild, dataset, plugins });
  await expect(finish(trainParts(parts))).rejects.toThrow(
    /\[loss-nbpo\] expected \|Σ \S+\| < 1e10 after epoch 1, got /,
  );
  parts.dispose();
});

test.each([bpo, nbpo, nbpoO, nbpoS, shiftMc])('regime reference of $name is the whole of it', ({ name, ...rest }) => {
  const losses = { [name]: { name, ...rest } };
  const given: RunConfigInput = { loss: name, regime: 'reference', optimizer: { learningRate: eta }, at: [5] };
  const parts = prepare({ config: given, dataset, plugins: { ...plugins, losses } as unknown as Plugins });
  parts.dispose();
  expect(parts.config).toMatchObject({
    model: { name: 'mf', initialiser: 'uniform' },
    step: { name: 'nbpo-reference' },
    sampler: { name: 'uniform', order: 'sequential' },
    optimizer: { name: 'sgd', learningRate: eta },
    schedule: { name: 'exponential', decay: 0.99 },
    batchSize: 5000,
    positives: 1,
    mask: 'train',
    ...(name === 'nbpo' && { loss: { saturation: 10 } }),
  });
});
