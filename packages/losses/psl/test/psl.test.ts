import { sl } from '@losslab/loss-bsl';
import { psl, pslLoss } from '@losslab/loss-psl';
import { addMatchers, cosines, lossFacts, lossGradient, lossValue, randomLossCase, testLoss } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

addMatchers();

/** σ as the paper prints it; what is not above 0 has no power 1/τ, and counts for nothing. */
const surrogates = {
  tanh: (d: number) => Math.tanh(d) + 1,
  relu: (d: number) => Math.max(0, d + 1),
  atan: (d: number) => Math.max(0, Math.atan(d) + 1),
  exp: Math.exp,
} as const;
type Activation = keyof typeof surrogates;
const names = Object.keys(surrogates) as Activation[];

describe.each(names)('%s', (activation) => {
  testLoss(psl, {
    engines: activation === 'tanh' ? ['simd', 'cpu'] : ['simd'],
    options: { activation, tau: 0.2 },
    draw: cosines, // where the paper's σ is above 0
    refuses: [
      [{ tau: 0 }, 'tau: must be > 0 (the exponent 1/τ), got 0'],
      [{ scale: -1 }, 'scale: must be > 0 (f = scale · s), got -1'],
      [{ activation: 'sigmoid' }, 'activation: '],
    ],
    inspects: { negativeWeights: ['B', 'N'] },
    naive({ positive, negative }) {
      let total = 0;
      for (const [b, row] of positive.entries()) {
        for (const s of row) {
          let sum = 0;
          for (const t of negative[b]!) sum += surrogates[activation](t / 2 - s / 2) ** (1 / 0.2);
          total += Math.log(sum) / row.length;
        }
      }
      return total / positive.length;
    },
  });
});

const value = (activation: Activation, positive: number[][], negative: number[][], tau = 0.5, scale = 1): number =>
  pslLoss(
    { positive: tf.tensor2d(positive), negative: tf.tensor2d(negative) },
    { activation, tau, scale },
  ).dataSync()[0]!;

test('with τ = 1/2 it is the logarithm of a sum of squares', () => {
  const [near, far] = [0.25 - 0.5, -0.25 - 0.5];
  expect(value('relu', [[0.5]], [[0.25, -0.25]])).toBeCloseTo(Math.log((1 + near) ** 2 + (1 + far) ** 2), 5);
  expect(value('atan', [[0.5]], [[0.25]])).toBeCloseTo(2 * Math.log(1 + Math.atan(near)), 5);
  expect(value('tanh', [[0.5]], [[0.25]])).toBeCloseTo(2 * Math.log(1 + Math.tanh(near)), 5);
});

test('equal scores cost log N, whatever σ and τ are: σ(0) = 1', () => {
  for (const name of names) expect(value(name, [[0.3]], [[0.3, 0.3, 0.3]], 0.05)).toBeCloseTo(Math.log(3), 5);
});

test('exp is SL: eq. 5 of BSL with τ/scale, divided by it, plus log N; and so is its gradient', () => {
  const example = randomLossCase({ rows: 5, positives: 1, negatives: 7, labelled: 0 }, cosines);
  const [ours, theirs] = [
    psl.create({ activation: 'exp', tau: 0.1, scale: 0.5 }, lossFacts),
    sl.create({ tau: 0.2 }, lossFacts),
  ];
  expect(lossValue(ours, example)).toBeCloseTo(lossValue(theirs, example) / 0.2 + Math.log(7), 4);
  const [mine, reference] = [lossGradient(ours, example), lossGradient(theirs, example)];
  for (const [path, gradient] of mine)
    expect(gradient).toBeCloseToArray(
      reference.get(path)!.map((x) => x / 0.2),
      { absolute: 1e-4 },
    );
});

test('a false negative that scores far above the positive counts less than under SL', () => {
  const scores = { positive: tf.tensor2d([[-0.5]]), negative: tf.tensor2d([[0.9, -0.4, -0.6]]) };
  const { batch } = randomLossCase({ rows: 1, positives: 1, negatives: 3, labelled: 0 }, cosines);
  const [exp, ...others] = (['exp', 'tanh', 'relu', 'atan'] as const).map((activation) => {
    const loss = psl.create({ activation, tau: 0.2, scale: 0.5 }, lossFacts);
    return loss.inspect!(scores, batch).negativeWeights!.dataSync()[0]!;
  });
  for (const weight of others) expect(weight).toBeLessThan(exp!);
});

describe.each(['relu', 'atan'] as const)('where σ of %s is 0 or less', (activation) => {
  const border = activation === 'relu' ? -1 : -Math.tan(1); // σ(border) = 0
  const options = { activation, tau: 0.2, scale: 1 };
  const slope = (d: number): number => {
    const loss = (t: tf.Tensor2D): tf.Scalar => pslLoss({ positive: tf.tensor2d([[0]]), negative: t }, options);
    return tf
      .grad(loss as never)(tf.tensor2d([[d]]))
      .dataSync()[0]!;
  };

  test('a pair there adds nothing to a row with others', () => {
    const alone = value(activation, [[0]], [[0.1]], 0.2);
    expect(value(activation, [[0]], [[0.1, border, border - 0.5, -1e4]], 0.2)).toBeCloseTo(alone, 6);
  });

  test('a row of such pairs alone keeps a finite loss and gradient, which do not jump', () => {
    expect(Number.isFinite(value(activation, [[0]], [[border - 1]], 0.2))).toBe(true);
    const slopes = [2e-3, 1e-3, 5e-4, 0].map((past) => slope(border + past));
    for (const [k, x] of slopes.entries()) {
      expect(x).toBeGreaterThan(0);
      if (k > 0) expect(x).toBeGreaterThan(0.9 * slopes[k - 1]!);
    }
    expect(slopes[3]).toBeCloseTo(slope(border - 1e-4), activation === 'relu' ? 1 : -1);
  });
});
