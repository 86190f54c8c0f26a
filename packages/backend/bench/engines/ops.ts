import { Random } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import {
  batchSquaredNorm,
  EmbeddingTable,
  embeddingCosine,
  embeddingDot,
  embeddingRows,
  logSigmoid,
  logSumExp,
  makeOptimizer,
  normal,
  ParameterSet,
  propagatedRows,
  SparseMatrix,
  softmax,
  spmm,
  tableDense,
} from '../../src/index.ts';

/** An op at the size that the matrix times it: a training step's. */
export interface TimedOp {
  readonly name: string;
  /** What it is made by where an engine has a kernel of its own for it; else it is composed of stock ops. */
  readonly kernel: Readonly<Partial<Record<string, string>>>;
  /** Once: value and gradient, or an update. Returns numbers to compare with other engines. */
  readonly run: () => Float32Array;
}

const [B, N, D, USERS, ITEMS, ENTRIES] = [256, 64, 64, 6000, 4000, 100_000];
const KEPT = 4096; // numbers compared

/** All ops on the active engine, and what frees them. */
export function timedOps(): { ops: readonly TimedOp[]; dispose: () => void } {
  const random = new Random({ seed: 1 });
  const ids = (length: number, bound: number): Int32Array => Int32Array.from({ length }, () => random.int(bound));
  const table = (name: string, rows: number): EmbeddingTable =>
    new EmbeddingTable({ name, rows, dimension: D, initialise: normal(1), seed: 1 });
  const [left, right] = [table('users', USERS), table('items', ITEMS)];
  const parameters = new ParameterSet({ tables: [left, right] });
  const pairs = { left, right, leftRows: ids(B, USERS), rightRows: { data: ids(B * N, ITEMS), rows: B, columns: N } };
  const list = pairs.rightRows.data;
  const indptr = Int32Array.from({ length: USERS + 1 }, (_, row) => Math.floor((row * ENTRIES) / USERS));
  const values = new Float32Array(ENTRIES).fill(0.05);
  const matrix = new SparseMatrix({ rows: USERS, columns: ITEMS, indptr, indices: ids(ENTRIES, ITEMS), values });
  const scores = tf.keep(tf.randomNormal<tf.Rank.R2>([B, N], 0, 1, 'float32', 1));
  const wanted = { ownRows: Int32Array.from({ length: B }, (_, i) => i), otherRows: Int32Array.of(0, 1, 2) };

  /** The rows' values after a gradient step with rate 1 would be the gradient; here its loss and the touched numbers. */
  const stepOf = (loss: () => tf.Tensor) => (): Float32Array => {
    const { loss: value, gradients } = parameters.gradient(() => loss().square().mean() as tf.Scalar);
    const snapshot = parameters.save(gradients);
    plain.apply(gradients);
    const after = [left, right].flatMap((t) => [...t.rawValues().subarray(0, KEPT)]);
    parameters.restore(snapshot);
    snapshot.dispose();
    return Float32Array.of(value, ...after);
  };
  const plain = makeOptimizer('sgd', { learningRate: 1 }, parameters);
  const onScores = (f: (x: tf.Tensor2D) => tf.Tensor) => {
    const both = tf.valueAndGrad((x) => f(x as tf.Tensor2D).sum() as tf.Scalar);
    return (): Float32Array => tf.tidy(() => Float32Array.from(both(scores).grad.dataSync().subarray(0, KEPT)));
  };
  const updateBy = (name: 'adam' | 'adagrad') => {
    const optimizer = makeOptimizer(name, { learningRate: 0.01 }, parameters);
    const one = Float32Array.of(0);
    cleanups.push(() => optimizer.dispose());
    return (): Float32Array => {
      optimizer.apply(parameters.gradient(() => embeddingDot(pairs).square().mean() as tf.Scalar).gradients);
      left.rawValues(); // waits for what the engine has put off
      return one;
    };
  };
  const cleanups: (() => void)[] = [];
  const fused = (kernel: string) => ({ simd: kernel });
  const ops: TimedOp[] = [
    { name: 'embeddingDot', kernel: fused('LosslabPairScores'), run: stepOf(() => embeddingDot(pairs)) },
    { name: 'embeddingCosine', kernel: fused('LosslabPairScores'), run: stepOf(() => embeddingCosine(pairs)) },
    {
      name: 'embeddingRows',
      kernel: { simd: 'LosslabRows', tensorflow: 'LosslabGather' },
      run: stepOf(() => embeddingRows(right, list)),
    },
    { name: 'tableDense', kernel: fused('LosslabRows'), run: stepOf(() => tableDense(right)) },
    {
      name: 'batchSquaredNorm',
      kernel: { simd: 'LosslabSquaredNorm', tensorflow: 'LosslabGather' },
      run: stepOf(() => batchSquaredNorm(right, list).mul(1e-4)),
    },
    { name: 'logSumExp', kernel: fused('LosslabLogSumExp'), run: onScores((x) => logSumExp(x, 0.1)) },
    { name: 'softmax', kernel: fused('LosslabSoftmax'), run: onScores((x) => softmax(x).square()) },
    { name: 'logSigmoid', kernel: fused('LosslabLogSigmoid'), run: onScores((x) => logSigmoid(x)) },
    {
      name: 'spmm',
      kernel: { simd: 'LosslabSpmm', tensorflow: 'LosslabSpmm' },
      run: stepOf(() => spmm({ matrix, x: tableDense(right) })),
    },
    {
      name: 'propagatedRows, 3 layers',
      kernel: { simd: 'LosslabPropagation', tensorflow: 'LosslabSpmm' },
      run: stepOf(() => propagatedRows({ table: left, matrix, side: 'rows', layers: 3, ...wanted })[2]!),
    },
    {
      name: 'a step with adam',
      kernel: { simd: 'LosslabPairScores', tensorflow: 'LosslabApplyAdam' },
      run: updateBy('adam'),
    },
    {
      name: 'a step with adagrad',
      kernel: { simd: 'LosslabPairScores', tensorflow: 'LosslabApplyAdagrad' },
      run: updateBy('adagrad'),
    },
  ];
  cleanups.push(
    () => plain.dispose(),
    () => parameters.dispose(),
    () => matrix.dispose(),
    () => scores.dispose(),
  );
  const dispose = (): void => {
    for (const clean of cleanups) clean();
  };
  return { ops, dispose };
}
