import {
  type Batch,
  type Dataset,
  type Gradients,
  type IdMatrix,
  idMatrix,
  interactionsFromTable,
  type Loss,
  type NamedArrays,
  negativeIds,
  type Optimizer,
  type Parameters,
  type Sampler,
  type StepModel,
} from '@losslab/core';
import { randomU32 } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';

/*
 * Small parts on stock tfjs, so that the loop is tested without losslab's own backend, samplers and models.
 */

/** Two tastes: even users like even items. Every user has 6 of 24 items to train on, 2 to validate, 2 to test. */
export function twoTastes(users = 20): Dataset {
  const items = 24;
  const part = (from: number, to: number) => {
    const pairs = Array.from({ length: users }, (_, u) =>
      Array.from(
        { length: to - from },
        (_, n) => [u, ((u % 2) + 2 * ((n + from + u * 5) % (items / 2))) % items] as const,
      ),
    ).flat();
    const [ids, choices] = [Int32Array.from(pairs, ([u]) => u), Int32Array.from(pairs, ([, i]) => i)];
    return interactionsFromTable({ userCount: users, itemCount: items, users: ids, items: choices });
  };
  const names = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}${n}`);
  return {
    name: 'two-tastes',
    train: part(0, 6),
    valid: part(6, 8),
    test: part(8, 10),
    ids: { users: names('u', users), items: names('i', items) },
    checksum: `two-tastes-${users}`,
    provenance: ['made up'],
  };
}

export class DenseParameters implements Parameters {
  readonly variables: Readonly<Record<string, tf.Variable>>;
  generation = 0;

  constructor(variables: Readonly<Record<string, tf.Variable>>) {
    this.variables = variables;
  }
  gradient(f: () => tf.Scalar): { loss: number; gradients: Gradients & { dense: tf.NamedTensorMap } } {
    const list = Object.values(this.variables);
    const { value, grads } = tf.variableGrads(f, list);
    const loss = value.dataSync()[0]!;
    value.dispose();
    return { loss, gradients: { generation: ++this.generation, dense: grads } };
  }
  save(): { values: tf.Tensor[]; dispose(): void } {
    const values = Object.values(this.variables).map((variable) => variable.clone());
    return { values, dispose: () => tf.dispose(values) };
  }
  restore(snapshot: { values?: tf.Tensor[]; dispose(): void }): void {
    Object.values(this.variables).forEach((variable, at) => {
      variable.assign(snapshot.values![at]!);
    });
  }
  arrays(): NamedArrays {
    const entries = Object.entries(this.variables).map(([name, variable]) => {
      return [name, { shape: variable.shape, data: Float32Array.from(variable.dataSync()) }];
    });
    return Object.fromEntries(entries);
  }
  load(arrays: NamedArrays): void {
    for (const [name, variable] of Object.entries(this.variables)) {
      tf.tidy(() => variable.assign(tf.tensor(arrays[name]!.data as Float32Array, variable.shape)));
    }
  }
  dispose(): void {
    tf.dispose(Object.values(this.variables));
  }
}

/** θ −= η · (m ← 0.9 m + g): has state, so that a resume without it shows. */
export function momentum(parameters: DenseParameters, learningRate: number): Optimizer {
  const moments = Object.fromEntries(
    Object.entries(parameters.variables).map(([name, variable]) => [name, tf.variable(tf.zerosLike(variable), false)]),
  );
  const state = new DenseParameters(moments);
  return {
    name: 'momentum',
    learningRate,
    apply(gradients, { scale = 1 } = {}) {
      const { dense } = gradients as Gradients & { dense: tf.NamedTensorMap };
      tf.tidy(() => {
        for (const [name, variable] of Object.entries(parameters.variables)) {
          const moment = moments[name]!;
          moment.assign(tf.add(tf.mul(moment, 0.9), tf.mul(dense[variable.name]!, scale)));
          variable.assign(tf.sub(variable, tf.mul(moment, this.learningRate)));
        }
      });
      tf.dispose(dense);
    },
    state: () => state.arrays(),
    load: (arrays) => state.load(arrays),
    dispose: () => state.dispose(),
  };
}

const dimension = 4;
let made = 0;

export function toyModel(data: Dataset, seed = 1): StepModel & { parameters: DenseParameters } {
  const { userCount, itemCount } = data.train;
  const id = made++;
  const table = (name: string, rows: number, stream: number) => {
    const values = Float32Array.from(
      { length: rows * dimension },
      (_, n) => randomU32({ seed, stream }, n) / 2 ** 32 - 0.5,
    );
    return tf.variable(tf.tensor2d(values, [rows, dimension]), true, `${name}-${id}`);
  };
  const parameters = new DenseParameters({ users: table('users', userCount, 1), items: table('items', itemCount, 2) });
  const { users, items } = parameters.variables;
  // one-hot products, since gather's stock gradient is slow
  const rows = (variable: tf.Variable, ids: Int32Array) =>
    tf.matMul(tf.oneHot(tf.tensor1d(ids, 'int32'), variable.shape[0]!), variable);
  const score = (batch: Batch, { data: ids, columns }: IdMatrix): tf.Tensor2D => {
    const B = batch.users.length;
    if (columns === 0) return tf.tensor2d([], [B, 0]);
    const left = rows(users!, batch.users).reshape([B, 1, dimension]);
    const right = rows(items!, ids).reshape([B, columns, dimension]);
    return tf.sum(tf.mul(left, right), 2) as tf.Tensor2D;
  };
  return {
    kind: 'step',
    name: 'toy',
    parameters,
    score: (batch) => ({ positive: score(batch, batch.positives), negative: score(batch, negativeIds(batch)) }),
    ranker: () => ({
      kind: 'factors',
      userCount,
      itemCount,
      dimension,
      users: Float32Array.from(users!.dataSync()),
      items: Float32Array.from(items!.dataSync()),
      dispose: () => {},
    }),
  };
}

/** softplus(−(s⁺ − s⁻)), mean over the batch. */
export const toyLoss: Loss = {
  name: 'toy-bpr',
  needs: {
    positives: { least: 1, most: 1, usual: 1 },
    negatives: { least: 1, usual: 2 },
    inBatch: true,
    labelled: false,
    similarity: 'dot',
  },
  gradient: 'exact',
  compute: ({ positive, negative }) => tf.mean(tf.softplus(tf.sub(negative, positive))) as tf.Scalar,
};

/** Rows in an order and with negatives that are pure functions of (seed, epoch, step). */
export function toySampler(data: Dataset, { batchSize = 16, negatives = 2, seed = 1 } = {}): Sampler {
  const { train } = data;
  const pairs = Array.from({ length: train.userCount }, (_, u) =>
    Array.from(train.indices.subarray(train.indptr[u], train.indptr[u + 1]), (i) => [u, i] as const),
  ).flat();
  return {
    name: 'toy-sampler',
    steps: Math.ceil(pairs.length / batchSize),
    excludes: 'nobody',
    propose(epoch, step) {
      const word = (index: number, stream: number) => randomU32({ seed, epoch, step: 0, stream }, index);
      const order = pairs.map((_, row) => row).sort((a, b) => word(a, 3) - word(b, 3));
      const rows = order.slice(step * batchSize, (step + 1) * batchSize).map((row) => pairs[row]!);
      const drawn = rows.flatMap((_, b) =>
        Array.from({ length: negatives }, (_, n) => word((step * batchSize + b) * negatives + n, 4) % train.itemCount),
      );
      return {
        epoch,
        step,
        users: Int32Array.from(rows, ([u]) => u),
        positives: idMatrix(
          Int32Array.from(rows, ([, i]) => i),
          1,
        ),
        negatives: idMatrix(Int32Array.from(drawn), negatives, rows.length),
      };
    },
  };
}

/** The parts of a run on that data, ready for `trainParts`. */
export function toyParts(data: Dataset = twoTastes(), seed = 1) {
  const model = toyModel(data, seed);
  return {
    dataset: data,
    model,
    loss: toyLoss,
    sampler: toySampler(data, { seed }),
    optimizer: momentum(model.parameters, 0.3),
    config: { epochs: 4, at: [1, 3], stopOn: 'recall@3', metrics: ['recall', 'ndcg'], seed },
  };
}
