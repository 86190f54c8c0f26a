import { softplus, stopGradient } from '@losslab/backend';
import type { Batch, Loss, LossDefinition, Scores } from '@losslab/core';
import { kernels } from '@losslab/kernels';
import { failuresOf, type LossContract, lossChecks } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import * as z from 'zod';

const options = z.strictObject({ tau: z.number().positive('must be > 0').default(1) });

const sound: Loss = {
  name: 'sound',
  needs: {
    positives: { least: 1, most: 1, usual: 1 },
    negatives: { least: 1, usual: 3 },
    inBatch: true,
    labelled: false,
    similarity: 'dot',
  },
  gradient: 'exact',
  compute: ({ positive, negative }) => tf.mean(softplus(tf.sub(negative, positive))),
};

const contract: LossContract = {
  refuses: [[{ tau: 0 }, 'must be > 0']],
  naive({ positive, negative }) {
    const all = negative.flatMap((row, b) => row.map((t) => t - positive[b]![0]!));
    return all.reduce((sum, x) => sum + Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))), 0) / all.length;
  },
};

const define = (changes: Partial<Loss>, about: Partial<LossDefinition> = {}): LossDefinition => ({
  kind: 'loss',
  name: 'sound',
  summary: 'Softplus of differences.',
  source: 'here',
  options,
  create: () => ({ ...sound, ...changes }),
  ...about,
});

/** Which checks fail, and what the first says. */
async function failures(definition: LossDefinition, changes: Partial<LossContract> = {}): Promise<[string[], string]> {
  const found = await failuresOf(lossChecks(definition, { ...contract, ...changes }));
  return [[...found.keys()], [...found.values()][0] ?? ''];
}

const computing = (compute: (scores: Scores, batch: Batch) => tf.Scalar): LossDefinition => define({ compute });

const VALUE = 'computes the naive float64 value';
const GRADIENT = 'has the gradient that it means to have';
const FUNCTION = 'is a function: the same bits twice, its batch and scores left as they were';
const THREADS = 'gives the same bits on 1, 2 and 4 threads';
const AT_1E4 = 'is finite at scores of ±10000, and so is its gradient';
const AT_50 = 'is finite at scores of ±50, and so is its gradient';
const ORDER = 'does not mind the order of a row’s negatives';
const MEAN = 'is a mean over rows: a batch twice over has its value';
const METADATA = 'has a name, a summary of one line and a source';

test('a sound loss passes', async () => {
  expect(await failures(define({}))).toEqual([[], '']);
});

test('a gradient of its own that is twice too large', async () => {
  const doubled = tf.customGrad((input, save) => {
    const x = input as tf.Tensor;
    (save as tf.GradSaveFunc)([x]);
    return {
      value: softplus(x),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(2, tf.mul(dy, tf.sigmoid(saved[0]!))),
    };
  });
  const [names, message] = await failures(
    computing(({ positive, negative }) => tf.mean(doubled(tf.sub(negative, positive)))),
  );
  expect(names).toEqual([GRADIENT]);
  expect(message).toMatch(/^\[testkit\] expected ∂\/∂positive at \[B 6, M 1, N 3, L 0\], away from kinks:\[0\] = /);
});

test('a stopped weight in a loss that says its gradient is exact', async () => {
  const compute = ({ positive, negative }: Scores): tf.Scalar =>
    tf.mean(softplus(tf.sub(negative, stopGradient(positive))));
  expect((await failures(computing(compute)))[0]).toEqual([GRADIENT]);
});

test('an oracle that is not what the tape does', async () => {
  const gradient: Loss['gradient'] = ({ positive, negative }) => ({ positive, negative });
  expect((await failures(define({ gradient })))[0]).toEqual([GRADIENT]);
});

test('an epsilon within the logarithm, whose value saturates', async () => {
  const compute = ({ positive, negative }: Scores): tf.Scalar =>
    tf.neg(tf.mean(tf.log(tf.add(1e-10, tf.sigmoid(tf.sub(positive, negative))))));
  expect((await failures(computing(compute)))[0]).toEqual([AT_50, AT_1E4]);
});

test('an exponential that overflows', async () => {
  const compute = ({ positive, negative }: Scores): tf.Scalar =>
    tf.mean(tf.log(tf.add(1, tf.exp(tf.sub(negative, positive)))));
  const [names, message] = await failures(computing(compute));
  expect(names).toEqual([AT_50, AT_1E4]);
  expect(message).toMatch(/to be finite, got (Infinity|NaN)$/);
});

test('a sum where the contract says mean', async () => {
  const compute = ({ positive, negative }: Scores): tf.Scalar => tf.sum(softplus(tf.sub(negative, positive)));
  const [names] = await failures(computing(compute));
  expect(names).toContain(VALUE);
  expect(names).toContain(MEAN);
});

test('a loss that looks at its first negative alone', async () => {
  const compute = ({ positive, negative }: Scores): tf.Scalar =>
    tf.mean(softplus(tf.sub(tf.slice(negative, [0, 0], [-1, 1]), positive)));
  const [names] = await failures(computing(compute));
  expect(names).toContain(VALUE);
  expect(names).toContain(ORDER);
});

test('noise, and a batch that is written to', async () => {
  const noisy = computing((scores, batch) => tf.add(sound.compute(scores, batch), 1e-6 * Math.random()));
  expect((await failures(noisy))[0]).toEqual([FUNCTION, THREADS]);
  const writing = computing((scores, batch) => {
    batch.users[0]!++;
    return sound.compute(scores, batch);
  });
  expect((await failures(writing))[0]).toEqual([FUNCTION]);
});

test('a sum in an order that the number of threads decides', async () => {
  const cut = computing((scores, batch) => tf.mul(sound.compute(scores, batch), 1 + 1e-6 * kernels().engine.threads));
  expect((await failures(cut))[0]).toEqual([THREADS]);
});

test('a vector for a scalar', async () => {
  const [names, message] = await failures(
    computing(({ positive, negative }) => tf.mean(softplus(tf.sub(negative, positive)), 1)),
  );
  expect(names).toContain(VALUE);
  expect(message).toBe('[testkit] expected sound to compute a float32 scalar, got float32 [6]');
});

test('in-batch negatives that it says it takes and does not', async () => {
  const compute = (scores: Scores, batch: Batch): tf.Scalar =>
    batch.negatives === 'in-batch' ? tf.scalar(0) : sound.compute(scores, batch);
  expect((await failures(computing(compute)))[0]).toContain(VALUE);
});

test('needs that cannot be, names that differ, a summary of two lines', async () => {
  const needs = { ...sound.needs, negatives: { least: 4, usual: 3 } };
  expect((await failures(define({ needs })))[0]).toContain('needs column counts that can be');
  expect((await failures(define({ name: 'other' })))[0]).toEqual([METADATA]);
  expect((await failures(define({}, { summary: 'Two\nlines of it.' })))[0]).toEqual([METADATA]);
  expect((await failures(define({}, { source: '' })))[0]).toEqual([METADATA]);
});

test('options that go through unseen', async () => {
  const lax = define({}, { options: z.object({ tau: z.number().default(1) }) });
  expect((await failures(lax))[0]).toEqual(['refuses {"tau":"0"}']);
  const anything = define({}, { options: z.any() });
  expect((await failures(anything))[0]).toEqual(['names a key that it does not know', 'refuses {"tau":"0"}']);
  const drifting = define(
    {},
    {
      options: z.strictObject({
        tau: z
          .number()
          .positive('must be > 0')
          .default(1)
          .transform((x) => 2 * x),
      }),
    },
  );
  expect((await failures(drifting))[0]).toEqual(['resolves options to what JSON can keep, the same when read back']);
});

test('an inspection that the test does not list, of another shape, or not finite', async () => {
  const inspecting = (inspect: Loss['inspect']): LossDefinition => define({ ...(inspect && { inspect }) });
  const inspects = { weights: ['B', 'N'] } as const;
  const shown = 'shows on inspection what it says, in finite numbers';
  const sameShape = inspecting(({ negative }) => ({ weights: negative }));
  expect((await failures(sameShape, { inspects }))[0]).toEqual([]);
  expect((await failures(sameShape))[0]).toEqual([shown]);
  expect((await failures(define({}), { inspects }))[0]).toEqual([shown]);
  const vector = inspecting(({ negative }) => ({ weights: tf.mean(negative, 1) }));
  expect((await failures(vector, { inspects }))[0]).toEqual([shown]);
  const infinite = inspecting(({ negative }) => ({ weights: tf.div(negative, 0) }));
  expect((await failures(infinite, { inspects }))[0]).toEqual([shown]);
});
