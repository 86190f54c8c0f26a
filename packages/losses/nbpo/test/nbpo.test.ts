import { nbpo, surrogateLikelihoodLoss } from '@losslab/loss-nbpo';
import { eachEngine, lossCase, lossFacts, lossGradient, testLoss } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { pairwise, sigma, surrogateLikelihood } from './naive.ts';

const engines = ['simd', 'cpu'] as const;
const inspects = { positiveFlips: ['B', 'M'], negativeFlips: ['B', 'N'], missed: ['B', 'N'] } as const;

testLoss(nbpo, {
  engines,
  naive: surrogateLikelihood,
  inspects,
  refuses: [
    [{ L: -1 }, 'L: must be a whole number >= 0 (§4.3), got -1'],
    [{ L: 2.5 }, 'L: must be a whole number >= 0 (§4.3), got 2.5'],
    [{ lambda: -1 }, 'lambda: must be >= 0 (eq. 8), got -1'],
  ],
});

describe.each([1, 1e-37])('with σ saturated beyond ±%s', (saturation) => {
  const cut = (x: number): number => (Math.abs(x) > saturation ? Number(x > 0) : sigma(x));
  const naive = pairwise(
    (r, g) => cut(-g) * cut(r),
    (r, g) => cut(-r) + cut(g) * cut(r),
  );
  testLoss(nbpo, {
    engines,
    options: { saturation },
    naive,
    inspects,
    refuses: [[{ saturation: 0 }, 'saturation: must be > 0, got 0']],
  });
});

describe('L = 0', () => {
  testLoss(nbpo, { engines, options: { L: 0 }, naive: surrogateLikelihood, inspects });

  test('brings no model along', () => {
    expect(nbpo.create({ L: 0 }, lossFacts).needs.auxiliary).toBeUndefined();
  });

  test('eq. 11: positives are pulled up for ever, negatives rest at σ⁻¹(1/3)', () => {
    const rest = Math.log(1 / 3 / (1 - 1 / 3));
    const shape = { rows: 1, positives: 1, negatives: 3, labelled: 0 };
    const example = lossCase(shape, [0.7], [rest, rest + 2, rest - 2]);
    const gradient = lossGradient(nbpo.create({ L: 0 }, lossFacts), example);
    expect(gradient.get('positive')![0]).toBeCloseTo(-sigma(-0.7) / 2, 6);
    const [still, down, up] = gradient.get('negative')!;
    expect(still).toBeCloseTo(0, 6);
    expect(down).toBeCloseTo(-(1 - 3 * sigma(rest + 2)) / 2, 6);
    expect(up).toBeCloseTo(-(1 - 3 * sigma(rest - 2)) / 2, 6);
  });
});

const shape = { rows: 2, positives: 1, negatives: 2, labelled: 0 };

/** R̂ and Γ̂ of two rows. */
const pairs = {
  positive: { r: [0.3, -1.2], gamma: [-0.8, 2] },
  negative: { r: [0.5, -2, 3, 0.1], gamma: [-1, 0.4, 1.5, -3] },
};

function gradientOf(): Map<string, Float32Array> {
  const { batch, ...plain } = lossCase(shape, pairs.positive.r, pairs.negative.r);
  const { positive: voted, negative: unvoted } = pairs;
  const gamma = { positive: Float64Array.from(voted.gamma), negative: Float64Array.from(unvoted.gamma) };
  const example = { shape, batch, scores: { ...plain.scores, auxiliary: { gamma } } };
  return lossGradient(nbpo.create({ L: 4 }, lossFacts), example);
}

eachEngine([...engines], () => {
  const B = 2;
  test.each([
    ['positive', 'positive', (r: number, g: number) => sigma(-g) * sigma(-r)],
    ['negative', 'negative', (r: number, g: number) => -sigma(r) + sigma(g) * sigma(-r)],
    ['auxiliary.gamma.positive', 'positive', (r: number, g: number) => -sigma(g) * sigma(r)],
    ['auxiliary.gamma.negative', 'negative', (r: number, g: number) => sigma(-g) * sigma(r)],
  ] as const)('eq. 9, the coefficient of ∂/∂%s, term by term', (path, part, coefficient) => {
    const { r, gamma } = pairs[part];
    const found = gradientOf().get(path)!;
    for (const [k, g] of gamma.entries()) expect(-found[k]! * B).toBeCloseTo(coefficient(r[k]!, g), 6);
  });
});

test('eq. 8 as arithmetic', () => {
  const half = { positive: tf.tensor2d([[0]]), negative: tf.tensor2d([[0]]) };
  const certain = { positive: tf.tensor2d([[-Math.log(3)]]), negative: tf.tensor2d([[Math.log(3)]]) };
  const value = surrogateLikelihoodLoss({ ...half, auxiliary: { gamma: certain } }, tf.sigmoid).dataSync()[0];
  expect(value).toBeCloseTo(-((3 / 4) * (1 / 2) + (1 / 2 + (3 / 4) * (1 / 2))), 6);
});

test('the gradient does not vanish where a positive scores far too low', () => {
  const far = lossCase({ ...shape, rows: 1 }, [-50], [0, 0]);
  expect(lossGradient(nbpo.create({ L: 0 }, lossFacts), far).get('positive')![0]).toBeCloseTo(-1 / 2, 6);
});
