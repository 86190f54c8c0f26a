import * as tf from '@tensorflow/tfjs';
import {
  batchSquaredNorm,
  embeddingCosine,
  embeddingDot,
  embeddingRows,
  logMeanExp,
  logSigmoid,
  logSumExp,
  makeOptimizer,
  propagatedRows,
  softmax,
  softplus,
  spmm,
  stopGradient,
  surrogateSigmoid,
  tableDense,
} from '../../src/index.ts';
import { kept, type Moving, moves, type Numbers, rowsNow } from './numbers.ts';
import { makeProblem, type Problem, type Size } from './problem.ts';

/** An op at the size that the matrix times it. */
export interface TimedOp {
  readonly name: string;
  /** What it is made by where an engine has a kernel of its own for it; else it is composed of stock ops. */
  readonly kernel: Readonly<Partial<Record<string, string>>>;
  /** Once: value and gradient, or an update. */
  readonly run: () => Numbers;
}

const fused = (kernel: string) => ({ simd: kernel });

/** All ops on the active engine, and what frees them. */
export function timedOps(size: Size): { ops: readonly TimedOp[]; dispose: () => void } {
  const problem = makeProblem(size);
  const updates = [
    updateBy('adam', { learningRate: 0.01 }, 'LosslabApplyAdam'),
    updateBy('lazyAdam', { learningRate: 0.01 }, 'LosslabApplyAdam'),
    updateBy('adagrad', { learningRate: 0.01 }, 'LosslabApplyAdagrad'),
    updateBy('sgd', { learningRate: 1 }),
  ].map((update) => update(problem));
  const gradients = ofTables(problem);
  const dispose = (): void => {
    for (const each of [gradients, ...updates, problem]) each.dispose();
  };
  return { ops: [...gradients.ops, ...ofScores(problem), ...updates.map(({ op }) => op)], dispose };
}

/** Ops on tables: a step of gradient descent with rate 1 moves the rows by the gradient. */
function ofTables({ tables, batches, matrix }: Problem): { ops: readonly TimedOp[]; dispose: () => void } {
  const [rows] = batches;
  const own = tables();
  const { users, items, parameters } = own;
  const descent = makeOptimizer('sgd', { learningRate: 1 }, parameters);
  /** The loss is the sum of squares: a mean's gradient would be lost in the rows' rounding. */
  const step = (moving: Moving, f: () => tf.Tensor) => (): Numbers => {
    const before = rowsNow(own, rows, moving);
    const { loss, gradients } = parameters.gradient(() => f().square().sum() as tf.Scalar);
    const snapshot = parameters.save(gradients);
    descent.apply(gradients);
    const after = rowsNow(own, rows, moving);
    parameters.restore(snapshot);
    snapshot.dispose();
    return { loss: [loss], ...moves(after, before) };
  };
  const pairs = { left: users, right: items, ...rows };
  const list = rows.rightRows.data;
  const wanted = { ownRows: Int32Array.from(new Set(rows.leftRows)), otherRows: Int32Array.from(new Set(list)) };
  const propagated = () =>
    tf.concat(propagatedRows({ table: users, matrix, side: 'rows', layers: 3, ...wanted }).slice(1));
  const both = ['users', 'items'] as const;
  const ops: TimedOp[] = [
    { name: 'embeddingDot', kernel: fused('LosslabPairScores'), run: step(both, () => embeddingDot(pairs)) },
    { name: 'embeddingCosine', kernel: fused('LosslabPairScores'), run: step(both, () => embeddingCosine(pairs)) },
    {
      name: 'embeddingRows',
      kernel: { simd: 'LosslabRows', tensorflow: 'LosslabGather' },
      run: step(['items'], () => embeddingRows(items, list)),
    },
    { name: 'tableDense', kernel: fused('LosslabRows'), run: step(['items'], () => tableDense(items)) },
    {
      name: 'batchSquaredNorm',
      kernel: { simd: 'LosslabSquaredNorm', tensorflow: 'LosslabGather' },
      run: step(['items'], () => batchSquaredNorm(items, list).mul(1e-4)),
    },
    {
      name: 'spmm',
      kernel: { simd: 'LosslabSpmm', tensorflow: 'LosslabSpmm' },
      run: step(['items'], () => spmm({ matrix, x: tableDense(items) })),
    },
    {
      name: 'propagatedRows, 3 layers',
      kernel: { simd: 'LosslabPropagation', tensorflow: 'LosslabSpmm' },
      run: step(['users'], propagated),
    },
  ];
  return { ops, dispose: () => descent.dispose() };
}

function ofScores({ scores }: Problem): TimedOp[] {
  const op = (name: string, kernel: TimedOp['kernel'], f: (x: tf.Tensor2D) => tf.Tensor): TimedOp => {
    const gradient = tf.grad((x) => f(x as tf.Tensor2D).sum());
    const run = () => tf.tidy(() => ({ value: kept(f(scores)), gradient: kept(gradient(scores)) }));
    return { name, kernel, run };
  };
  return [
    op('logSumExp', fused('LosslabLogSumExp'), (x) => logSumExp(x, 0.1)),
    op('logMeanExp', fused('LosslabLogSumExp'), (x) => logMeanExp(x, 0.1)),
    op('softmax', fused('LosslabSoftmax'), (x) => softmax(x).square()),
    op('logSigmoid', fused('LosslabLogSigmoid'), (x) => logSigmoid(x)),
    op('softplus', fused('LosslabSoftplus'), (x) => softplus(x)),
    op('surrogateSigmoid', {}, (x) => surrogateSigmoid(x)),
    op('stopGradient', {}, (x) => x.mul(stopGradient(x))),
  ];
}

/** A step with an optimizer, on two batches in turn: rows that are idle in one may move all the same. */
function updateBy(name: string, options: { learningRate: number }, native?: string) {
  return ({ tables, batches }: Problem): { op: TimedOp; dispose: () => void } => {
    const own = tables();
    const { users, items, parameters } = own;
    const optimizer = makeOptimizer(name, options, parameters);
    const both = ['users', 'items'] as const;
    const start = rowsNow(own, batches[0], both);
    let steps = 0;
    const run = (): Numbers => {
      const pairs = { left: users, right: items, ...batches[steps++ % 2]! };
      const { gradients } = parameters.gradient(() => embeddingDot(pairs).square().mean() as tf.Scalar);
      optimizer.apply(gradients);
      const now = rowsNow(own, batches[0], both);
      return { ...now, ...moves(now, start) };
    };
    const kernel = { simd: 'LosslabPairScores', ...(native !== undefined && { tensorflow: native }) };
    return { op: { name: `a step with ${name}`, kernel, run }, dispose: () => optimizer.dispose() };
  };
}
