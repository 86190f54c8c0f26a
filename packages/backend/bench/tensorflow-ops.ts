// Milliseconds of libtensorflow's own ops beside what they stand in for, at Gowalla's size; the engine must be there.
// usage: node --conditions=@losslab/source bench/tensorflow-ops.ts [turns]
import { Random } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { SparseMatrix, spmm, useEngine } from '../src/index.ts';
import { adamRule, composedAdam } from '../src/optimizers/adam.ts';
import { adamOptions } from '../src/optimizers/options.ts';
import { composedSpmm } from '../src/sparse/spmm.ts';
import { nativeRows } from '../src/tensorflow/rows.ts';

const [USERS, ITEMS, ENTRIES, D, IDS] = [29_858, 40_981, 810_128, 64, 131_072];
const turns = Number(process.argv[2] ?? 9);
await useEngine('tensorflow');

const random = new Random({ seed: 1 });
const items = (length: number): Int32Array => Int32Array.from({ length }, () => random.int(ITEMS));
const indptr = Int32Array.from({ length: USERS + 1 }, (_, user) => Math.floor((user * ENTRIES) / USERS));
const values = new Float32Array(ENTRIES).fill(0.01);
const matrix = new SparseMatrix({ rows: USERS, columns: ITEMS, indptr, indices: items(ENTRIES), values });
const ofItems = tf.randomNormal<tf.Rank.R2>([ITEMS, D]);
const ofUsers = tf.randomNormal<tf.Rank.R2>([USERS, D]);
const ids = tf.tensor1d(items(IDS), 'int32');
const dy = tf.randomNormal([IDS, D]);
const { byRows, byColumns } = matrix.values;
const dropped = { byRows: byRows.mul<tf.Tensor1D>(2), byColumns: byColumns.mul<tf.Tensor1D>(2) };

const options = adamOptions.parse({});
const update = {
  parameter: ofItems,
  table: undefined,
  gradient: tf.randomNormal([ITEMS, D]),
  raw: ofItems,
  state: { m: tf.zeros([ITEMS, D]), v: tf.zeros([ITEMS, D]) },
  learningRate: 1e-3,
  scale: 1,
  step: 3,
};

type Work = () => tf.Tensor;
const product = { matrix, x: ofItems, transposed: false, values: matrix.values };
const transposed = { matrix, x: ofUsers, transposed: true, values: matrix.values };
const gradientOf = (gather: (x: tf.Tensor2D) => tf.Tensor): Work => {
  const gradient = tf.grad((x) => gather(x as tf.Tensor2D));
  return () => gradient(ofItems, dy);
};
const pairs: readonly [string, Work, Work][] = [
  ['A · x', () => spmm(product), () => composedSpmm(product)],
  ['Aᵀ · x', () => spmm(transposed), () => composedSpmm(transposed)],
  [
    'A · x, values dropped',
    () => spmm({ ...product, values: dropped }),
    () => composedSpmm({ ...product, values: dropped }),
  ],
  ['rows by id', () => nativeRows(ofItems, ids), () => tf.gather(ofItems, ids)],
  ['gradient of rows by id', gradientOf((x) => nativeRows(x, ids)), gradientOf((x) => tf.gather(x, ids))],
  ['Adam', () => adamRule(options).updateDense(update).parameter, () => composedAdam(options, update).parameter],
];

/** Ends when the work has: one number is read back. */
function milliseconds(work: Work): number {
  const start = performance.now();
  tf.tidy(() => work().reshape([-1]).slice([0], [1]).dataSync());
  return performance.now() - start;
}

for (const [name, native, composed] of pairs) {
  const times: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let turn = 0; turn < turns; turn++) {
    times[0] = Math.min(times[0], milliseconds(native)); // in turn, so that both meet the same noise
    times[1] = Math.min(times[1], milliseconds(composed));
  }
  console.log(
    `${name.padEnd(24)} ${times[0].toFixed(1).padStart(8)} ms, composed ${times[1].toFixed(1).padStart(8)} ms`,
  );
}
