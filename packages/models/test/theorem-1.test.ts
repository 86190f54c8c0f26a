// Theorem 1 of Jin & Li, 2023, as far as it is true: with the other side fixed, c_u = c and α₀ < 1.

import { initialValues, normal } from '@losslab/backend';
import { dataFacts } from '@losslab/core';
import { kernels } from '@losslab/kernels';
import { smallInteractions } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { solveSide } from '../src/ials/half-step.ts';

const [D, ALPHA0, LAMBDA, C] = [6, 0.3, 0.05, 1.5];
const train = smallInteractions();
const { userDegrees, itemCount, userCount } = dataFacts(train);

interface HalfStepOf {
  readonly alpha0: number;
  readonly factor: number;
  readonly c: number;
  /** λ_u by degree. */
  readonly ridge: (degree: number) => number;
}

async function users({ alpha0, factor, c, ridge }: HalfStepOf): Promise<Float32Array> {
  const { memory } = kernels();
  const shape = { name: 'items', rows: itemCount, dimension: D, seed: 1 };
  const fixed = memory.copyOf(initialValues(normal(0.5), shape));
  const side = {
    entries: { indptr: memory.copyOf(train.indptr), indices: memory.copyOf(train.indices) },
    weights: memory.f32(train.indices.length).fill(c),
    ridge: memory.copyOf(Float32Array.from(userDegrees, ridge)),
    vectors: memory.f32(userCount * D),
  };
  await solveSide(side, fixed, { dimension: D, alpha0, factor });
  return side.vectors.slice();
}

const debiased = (nu: number) =>
  users({
    alpha0: ALPHA0,
    factor: 1 - ALPHA0,
    c: C,
    ridge: (degree) => LAMBDA * (degree + ALPHA0 * itemCount) ** nu,
  });

const share = (1 - ALPHA0) * C;
const [alpha0, lambda] = [ALPHA0 / share, LAMBDA / share];

const distance = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value / (1 - ALPHA0) - b[at]!)), 0);

test('ν = 0: a debiased half-step is 1 / (1 − α₀) times the plain one with α₀ / ((1 − α₀) c) and λ / ((1 − α₀) c)', async () => {
  const plain = await users({ alpha0, factor: 1, c: 1, ridge: () => lambda });
  expect(distance(plain, await debiased(0))).toBeLessThan(1e-5);
});

test('ν = 1: each row has a λ′ of its own, and one for all is not it', async () => {
  const own = (degree: number): number => lambda * (degree + ALPHA0 * itemCount);
  const each = await users({ alpha0, factor: 1, c: 1, ridge: own });
  expect(distance(each, await debiased(1))).toBeLessThan(1e-5);
  // eq. 23's own scaling with α₀′, and λ′ as good as the first user's: the others miss.
  const first = userDegrees[0]!;
  const best = own(first) / (first + alpha0 * itemCount);
  const one = await users({ alpha0, factor: 1, c: 1, ridge: (degree) => best * (degree + alpha0 * itemCount) });
  expect(distance(one, await debiased(1))).toBeGreaterThan(1e-3);
});

test('the appendix’s √c_u on the right-hand side is a slip: the scale would be another', async () => {
  const plain = await users({ alpha0, factor: 1, c: 1, ridge: () => lambda });
  const printed = plain.map((value) => value / Math.sqrt(C));
  expect(distance(printed, await debiased(0))).toBeGreaterThan(1e-3);
});
