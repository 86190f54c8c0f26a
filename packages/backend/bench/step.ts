// Milliseconds of one BSL step of matrix factorisation at Yelp2018's size, and of its parts.
// usage: node --conditions=@losslab/source bench/step.ts [engine] [steps]
import { Random } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import {
  batchSquaredNorm,
  EmbeddingTable,
  type EngineName,
  embeddingCosine,
  logSumExp,
  makeOptimizer,
  ParameterSet,
  useEngine,
  xavierUniform,
} from '../src/index.ts';

const [B, N, D, USERS, ITEMS] = [1024, 800, 64, 31_668, 38_048];
const engine = await useEngine((process.argv[2] ?? 'simd') as EngineName);
const steps = Number(process.argv[3] ?? 15);
const initialise = xavierUniform();
const left = new EmbeddingTable({ name: 'users', rows: USERS, dimension: D, initialise, seed: 1 });
const right = new EmbeddingTable({ name: 'items', rows: ITEMS, dimension: D, initialise, seed: 1 });
const parameters = new ParameterSet({ tables: [left, right] });
const optimizer = makeOptimizer('adam', { learningRate: 1e-3 }, parameters);

const random = new Random({ seed: 1 });
const ids = (length: number, bound: number) => Int32Array.from({ length }, () => random.int(bound));
const leftRows = ids(B, USERS);
const positives = { data: ids(B, ITEMS), rows: B, columns: 1 };
const negatives = { data: ids(B * N, ITEMS), rows: B, columns: N };

const scores = () => {
  const positive = embeddingCosine({ left, right, leftRows, rightRows: positives });
  const negative = embeddingCosine({ left, right, leftRows, rightRows: negatives });
  return { positive, negative };
};
const loss = (positive: tf.Tensor2D, negative: tf.Tensor2D) =>
  tf.mean(
    logSumExp(negative.div(0.11))
      .mul(1.1)
      .sub(positive.squeeze([1]).div(0.11)),
  ) as tf.Scalar;

interface Timing {
  readonly median: number;
  readonly best: number;
}

function timed(work: () => void): Timing {
  const times = Array.from({ length: steps }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1]!, best: times[0]! };
}

const bsl = () => {
  const { positive, negative } = scores();
  return loss(positive, negative);
};
const report = (name: string, { median, best }: Timing) =>
  console.log(`${name.padEnd(34)} ${median.toFixed(2).padStart(9)} ms, at best ${best.toFixed(2)}`);
const held = tf.tidy(() => {
  const { positive, negative } = scores();
  return [tf.keep(positive), tf.keep(negative)] as const;
});

console.log(engine);
const step = () => {
  const { gradients } = parameters.gradient(bsl);
  optimizer.apply(gradients);
};
step();
report('step', timed(step));
report(
  'step with L2 of the batch',
  timed(() => {
    const { gradients } = parameters.gradient(() => {
      const norm = batchSquaredNorm(left, leftRows).add(batchSquaredNorm(right, negatives.data));
      return bsl().add(norm.mul(1e-4)) as tf.Scalar;
    });
    optimizer.apply(gradients);
  }),
);
report(
  'scores',
  timed(() => tf.tidy(() => void scores())),
);
report(
  'loss, value',
  timed(() => tf.tidy(() => loss(...held).dataSync())),
);
const valueAndGradient = tf.valueAndGrads((positive, negative) =>
  loss(positive as tf.Tensor2D, negative as tf.Tensor2D),
);
report(
  'loss, value and gradient',
  timed(() => tf.tidy(() => valueAndGradient([...held]).value.dataSync())),
);
report(
  'gradient without the optimizer',
  timed(() => {
    parameters.gradient(bsl);
  }),
);
const { gradients } = parameters.gradient(bsl);
report(
  'optimizer',
  timed(() => optimizer.apply(gradients)),
);
