import { Random } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { type EngineName, SparseMatrix, spmm, useEngine } from '../../src/index.ts';
import { adagradRule, composedAdagrad } from '../../src/optimizers/adagrad.ts';
import { adamRule, composedAdam } from '../../src/optimizers/adam.ts';
import { adagradOptions, adamOptions } from '../../src/optimizers/options.ts';
import { composedSpmm } from '../../src/sparse/spmm.ts';
import { nativeRows } from '../../src/tensorflow/rows.ts';
import { milliseconds, row } from './table.ts';

export interface NativeSize {
  readonly users: number;
  readonly items: number;
  readonly entries: number;
  readonly dimension: number;
  readonly ids: number;
}

/** Gowalla's, and the ids of a batch of 1,024 with 128 negatives. */
const GOWALLA: NativeSize = { users: 29_858, items: 40_981, entries: 810_128, dimension: 64, ids: 131_072 };

/** Milliseconds of an op of libtensorflow's own, and of the stock ops that it stands in for. */
export interface NativeTime {
  readonly op: string;
  readonly native: number;
  readonly composed: number;
}

type Work = () => tf.Tensor;
type Pair = readonly [op: string, native: Work, composed: Work];

/** Times libtensorflow's own ops beside what they stand in for: the best of some turns, in turn, so that both meet the same noise. */
export async function measureNative(
  turns: number,
  size: NativeSize = GOWALLA,
  engine: EngineName = 'tensorflow',
): Promise<NativeTime[]> {
  await useEngine(engine);
  return pairs(size).map(([op, native, composed]) => {
    for (const work of [native, composed]) timeOf(work);
    const times = Array.from({ length: turns }, () => [timeOf(native), timeOf(composed)] as const);
    return { op, native: Math.min(...times.map(([t]) => t)), composed: Math.min(...times.map(([, t]) => t)) };
  });
}

/** As Markdown. */
export function nativeTable(times: readonly NativeTime[]): string {
  const lines = times.map(({ op, native, composed }) =>
    row([op, milliseconds(native), milliseconds(composed), (composed / native).toFixed(1)]),
  );
  const { users, items, entries, dimension, ids } = GOWALLA;
  const [rows, columns, all, listed] = [users, items, entries, ids].map((x) => x.toLocaleString('en-US'));
  return [
    `libtensorflow's own ops and the stock ops that they stand in for, on \`tensorflow\`, in the same run: A is ${rows} × ${columns} with ${all} entries`,
    `(Gowalla), D ${dimension}, ${listed} ids, optimizers move ${columns} rows.`,
    '',
    row(['op', 'native', 'composed', 'composed / native']),
    row(['---', '---', '---', '---']),
    ...lines,
    '',
  ].join('\n');
}

function pairs({ users, items, entries, dimension, ids: count }: NativeSize): Pair[] {
  const random = new Random({ seed: 1 });
  const itemIds = (length: number): Int32Array => Int32Array.from({ length }, () => random.int(items));
  const indptr = Int32Array.from({ length: users + 1 }, (_, user) => Math.floor((user * entries) / users));
  const weights = new Float32Array(entries).fill(0.01);
  const matrix = new SparseMatrix({ rows: users, columns: items, indptr, indices: itemIds(entries), values: weights });
  const ofItems = tf.randomNormal<tf.Rank.R2>([items, dimension]);
  const ofUsers = tf.randomNormal<tf.Rank.R2>([users, dimension]);
  const ids = tf.tensor1d(itemIds(count), 'int32');
  const dy = tf.randomNormal([count, dimension]);
  const { byRows, byColumns } = matrix.values;
  const dropped = { byRows: byRows.mul<tf.Tensor1D>(2), byColumns: byColumns.mul<tf.Tensor1D>(2) };
  const straight = { matrix, x: ofItems, transposed: false, values: matrix.values };
  const transposed = { matrix, x: ofUsers, transposed: true, values: matrix.values };
  const ofDropped = { ...straight, values: dropped };
  const gradientOf = (gather: (x: tf.Tensor2D) => tf.Tensor): Work => {
    const gradient = tf.grad((x) => gather(x as tf.Tensor2D));
    return () => gradient(ofItems, dy);
  };
  return [
    ['A · x', () => spmm(straight), () => composedSpmm(straight)],
    ['Aᵀ · x', () => spmm(transposed), () => composedSpmm(transposed)],
    ['A · x, values dropped', () => spmm(ofDropped), () => composedSpmm(ofDropped)],
    ['rows by id', () => nativeRows(ofItems, ids), () => tf.gather(ofItems, ids)],
    ['gradient of rows by id', gradientOf((x) => nativeRows(x, ids)), gradientOf((x) => tf.gather(x, ids))],
    ...updates(ofItems),
  ];
}

/** Of every row, as these engines update tables. */
function updates(x: tf.Tensor2D): Pair[] {
  const zeros = (): tf.Tensor => tf.zerosLike(x);
  const [adam, adagrad] = [adamOptions.parse({}), adagradOptions.parse({})];
  const gradient = tf.randomNormal(x.shape);
  const update = { parameter: x, table: undefined, gradient, raw: gradient, learningRate: 1e-3, scale: 1, step: 3 };
  const moments = { ...update, state: { m: zeros(), v: zeros() } };
  const sums = { ...update, state: { sum: zeros() } };
  return [
    ['Adam', () => adamRule(adam).updateDense(moments).parameter, () => composedAdam(adam, moments).parameter],
    ['Adagrad', () => adagradRule(adagrad).updateDense(sums).parameter, () => composedAdagrad(adagrad, sums).parameter],
  ];
}

/** Ends when the work has: one number is read back. */
function timeOf(work: Work): number {
  const start = performance.now();
  tf.tidy(() => work().reshape([-1]).slice([0], [1]).dataSync());
  return performance.now() - start;
}
