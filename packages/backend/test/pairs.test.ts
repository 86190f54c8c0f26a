import type { IdMatrix } from '@losslab/core';
import { inBatchNegatives } from '@losslab/core';
import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import {
  type Dropout,
  EmbeddingTable,
  embeddingCosine,
  embeddingCosines,
  embeddingDot,
  embeddingDots,
  type PairOptions,
  ParameterSet,
  pairScores,
  type Rows,
} from '../src/index.ts';
import { composedScores } from '../src/pairs/composed.ts';
import { maskTensor } from '../src/pairs/dropout.ts';
import { denseGradient, differences, expectClose, normals, numbers, onEngines, tableOf, wholes } from './support.ts';

const D = 5;
const USERS = 6;
const ITEMS = 8;
const U = normals(USERS * D, 11);
const V = normals(ITEMS * D, 12);

const matrix = (data: Int32Array, rows: number): IdMatrix => ({ data, rows, columns: data.length / rows });
const row = (values: ArrayLike<number>, id: number): number[] =>
  Array.from({ length: D }, (_, d) => values[id * D + d]!);
const unit = (x: number[]): number[] => {
  const norm = Math.max(Math.hypot(...x), 1e-12);
  return x.map((v) => v / norm);
};

interface Case {
  readonly leftRows: Int32Array;
  readonly rightRows: IdMatrix;
  readonly mask?: ArrayLike<number>;
}

/** Scores [B × N] in float64, one pair after the other. */
function naive(u: ArrayLike<number>, v: ArrayLike<number>, { leftRows, rightRows, mask }: Case, cosine: boolean) {
  return Array.from(rightRows.data, (item, p) => {
    const b = Math.floor(p / rightRows.columns);
    let user = row(u, leftRows[b]!).map((x, d) => x * (mask?.[b * D + d] ?? 1));
    let other = row(v, item);
    if (cosine) [user, other] = [unit(user), unit(other)];
    return user.reduce((sum, x, d) => sum + x * other[d]!, 0);
  });
}

const weighted = (scores: number[], w: ArrayLike<number>): number => scores.reduce((sum, s, p) => sum + s * w[p]!, 0);

/** Scores and both gradients of Σ w ⊙ scores against differences of the naive function. */
function check(left: Rows, right: Rows, pairs: Case, cosine: boolean, dropout?: Dropout): void {
  const op = cosine ? embeddingCosine : embeddingDot;
  const options = { left, right, ...pairs, ...(dropout && { leftDropout: dropout }) };
  const { rows, columns } = pairs.rightRows;
  const w = normals(rows * columns, 21);
  const scores = tf.tidy(() => numbers(op(options)));
  expectClose(scores, naive(U, V, pairs, cosine), 1e-5);
  const tables = [left, right].filter((each) => each instanceof EmbeddingTable);
  const set = new ParameterSet({ tables });
  const { loss, gradients } = set.gradient(
    () =>
      op(options)
        .mul(tf.tensor2d(w, [rows, columns]))
        .sum() as tf.Scalar,
  );
  expect(loss).toBeCloseTo(weighted(naive(U, V, pairs, cosine), w), 4);
  if (left instanceof EmbeddingTable) {
    const exact = differences((u) => weighted(naive(u, V, pairs, cosine), w), U);
    expectClose(denseGradient(gradients, left.name), exact, 2e-5);
  }
  if (right instanceof EmbeddingTable) {
    const exact = differences((v) => weighted(naive(U, v, pairs, cosine), w), V);
    expectClose(denseGradient(gradients, right.name), exact, 2e-5);
  }
}

const CASES: Record<string, Case> = {
  'repeated users and items': { leftRows: wholes(9, USERS, 31), rightRows: matrix(wholes(36, ITEMS, 32), 9) },
  'one column': { leftRows: wholes(4, USERS, 33), rightRows: matrix(wholes(4, ITEMS, 34), 4) },
  'one item, many times': { leftRows: Int32Array.of(2, 2), rightRows: matrix(new Int32Array(14).fill(3), 2) },
  'in-batch shapes': {
    leftRows: wholes(5, USERS, 35),
    rightRows: inBatchNegatives(matrix(Int32Array.of(1, 0, 1, 4, 7), 5)),
  },
};

onEngines('pair scores', () => {
  const tables = () => [tableOf('users', U, D), tableOf('items', V, D)] as const;

  describe.each(Object.entries(CASES))('%s', (_name, pairs) => {
    it.each([
      ['embeddingDot', false],
      ['embeddingCosine', true],
    ])('%s agrees with a naive loop and its differences', (_op, cosine) => {
      const [left, right] = tables();
      check(left, right, pairs, cosine);
      left.dispose();
      right.dispose();
    });
  });

  it.each([false, true])('drops out on the user of each batch row, before normalisation (cosine %s)', (cosine) => {
    const [left, right] = tables();
    const dropout = { rate: 0.4, seed: 5, epoch: 2, step: 3 };
    const pairs = CASES['repeated users and items']!;
    const mask = numbers(maskTensor(9, D, dropout));
    expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / 0.6)]));
    check(left, right, { ...pairs, mask }, cosine, dropout);
  });

  it.each([false, true])('take tensors on either side (cosine %s)', (cosine) => {
    const [left, right] = tables();
    const pairs = CASES['repeated users and items']!;
    check(left, tf.tensor2d(V, [ITEMS, D]), pairs, cosine);
    check(tf.tensor2d(U, [USERS, D]), right, pairs, cosine);
    const op = cosine ? embeddingCosine : embeddingDot;
    const w = normals(36, 21);
    const gradients = tf.grads((u: tf.Tensor, v: tf.Tensor) =>
      op({ left: u as tf.Tensor2D, right: v as tf.Tensor2D, ...pairs })
        .mul(tf.tensor2d(w, [9, 4]))
        .sum(),
    );
    const [du, dv] = gradients([tf.tensor2d(U, [USERS, D]), tf.tensor2d(V, [ITEMS, D])]);
    expectClose(
      numbers(du!),
      differences((u) => weighted(naive(u, V, pairs, cosine), w), U),
      2e-5,
    );
    expectClose(
      numbers(dv!),
      differences((v) => weighted(naive(U, v, pairs, cosine), w), V),
      2e-5,
    );
  });

  it('adds up the gradients of two ops on the same tables, and of one table on both sides', () => {
    const [left, right] = tables();
    const [a, b] = [CASES['repeated users and items']!, CASES['in-batch shapes']!];
    const set = new ParameterSet({ tables: [left, right] });
    const value = (u: ArrayLike<number>, v: ArrayLike<number>): number =>
      weighted(naive(u, v, a, true), new Array(36).fill(1)) +
      2 * weighted(naive(u, v, b, false), new Array(20).fill(1)) +
      3 * weighted(naive(u, u, { ...b, rightRows: matrix(b.leftRows, 5) }, true), new Array(5).fill(1));
    const { gradients } = set.gradient(() => {
      const first = embeddingCosine({ left, right, ...a }).sum();
      const second = embeddingDot({ left, right, ...b })
        .sum()
        .mul(2);
      const third = embeddingCosine({
        left,
        right: left,
        leftRows: b.leftRows,
        rightRows: matrix(b.leftRows, 5),
      }).sum();
      return first.add(second).add(third.mul(3)) as tf.Scalar;
    });
    expectClose(
      denseGradient(gradients, 'users'),
      differences((u) => value(u, V), U),
      3e-5,
    );
    expectClose(
      denseGradient(gradients, 'items'),
      differences((v) => value(U, v), V),
      3e-5,
    );
  });

  describe.each([false, true])('of several matrices (cosine %s)', (cosine) => {
    const [one, several] = cosine ? [embeddingCosine, embeddingCosines] : [embeddingDot, embeddingDots];
    const leftRows = wholes(9, USERS, 31);
    const parts = [matrix(wholes(9, ITEMS, 41), 9), matrix(wholes(27, ITEMS, 42), 9), matrix(new Int32Array(0), 9)];
    parts[2] = { ...parts[2]!, columns: 0 };
    const weightsOf = ({ rows, columns }: IdMatrix, part: number) =>
      tf.tensor2d(normals(rows * columns, 51 + part), [rows, columns]);
    /** Σ of the weighted scores of the parts in `used`. */
    const total = (scores: readonly tf.Tensor2D[], used: readonly number[]): tf.Scalar =>
      tf.addN(used.map((part) => tf.sum(tf.mul(scores[part]!, weightsOf(parts[part]!, part)))));
    const apart = (left: Rows, right: Rows): tf.Tensor2D[] =>
      parts.map((rightRows) => one({ left, right, leftRows, rightRows }));
    const together = (left: Rows, right: Rows): tf.Tensor2D[] => several({ left, right, leftRows, rightRows: parts });

    it.each([
      ['all', [0, 1, 2]],
      ['the last alone', [1]],
      ['the first alone', [0]],
    ])('has the bits of one op each, gradients too, where the loss takes %s', (_which, used) => {
      const results = [apart, together].map((op) => {
        const [left, right] = tables();
        const set = new ParameterSet({ tables: [left, right] });
        const scores = tf.tidy(() => op(left, right).map((each) => [each.shape, numbers(each)]));
        const { gradients } = set.gradient(() => total(op(left, right), used));
        const found = [scores, ...['users', 'items'].map((name) => [...denseGradient(gradients, name)!])];
        for (const table of [left, right]) table.dispose();
        return found;
      });
      expect(results[1]).toEqual(results[0]);
      expect((results[0]![2] as number[]).some((x) => x !== 0)).toBe(true);
    });

    it('touches only rows of matrices that the loss takes', () => {
      const touched = [apart, together].map((op) => {
        const [left, right] = tables();
        const set = new ParameterSet({ tables: [left, right] });
        set.gradient(() => total(op(left, right), [0]));
        const ids = right.shared && [...right.shared.gradient.ids];
        for (const table of [left, right]) table.dispose();
        return ids;
      });
      expect(touched[1]).toEqual(touched[0]);
    });

    it('takes tensors', () => {
      const [u, v] = [tf.tensor2d(U, [USERS, D]), tf.tensor2d(V, [ITEMS, D])];
      const [expected, got] = [apart, together].map((op) =>
        tf
          .grads((left: tf.Tensor, right: tf.Tensor) => total(op(left as tf.Tensor2D, right as tf.Tensor2D), [0, 1]))([
            u,
            v,
          ])
          .map(numbers),
      );
      for (const side of [0, 1]) expectClose(got![side]!, expected![side]!, 1e-6);
    });

    it('adds to gradients that another op left behind', () => {
      const results = [apart, together].map((op) => {
        const [left, right] = tables();
        const set = new ParameterSet({ tables: [left, right] });
        const { gradients } = set.gradient(() => {
          const scores = op(left, right);
          const other = embeddingDot({
            left,
            right,
            leftRows: Int32Array.of(5),
            rightRows: matrix(Int32Array.of(7), 1),
          });
          return tf.add(total(scores, [0, 1]), tf.sum(other)) as tf.Scalar;
        });
        const found = ['users', 'items'].map((name) => [...denseGradient(gradients, name)!]);
        for (const table of [left, right]) table.dispose();
        return found;
      });
      expect(results[1]).toEqual(results[0]);
    });
  });

  it('a row of zeros scores 0 by cosine, with a finite gradient', () => {
    const zeroed = U.map((x, i) => (i < D ? 0 : x));
    const left = tableOf('users', zeroed, D);
    const right = tableOf('items', V, D);
    const pairs = { leftRows: Int32Array.of(0, 1), rightRows: matrix(Int32Array.of(1, 2, 3, 4), 2) };
    const scores = tf.tidy(() => numbers(embeddingCosine({ left, right, ...pairs })));
    expect(scores.slice(0, 2)).toEqual([0, 0]);
    const set = new ParameterSet({ tables: [left, right] });
    const { gradients } = set.gradient(() => embeddingCosine({ left, right, ...pairs }).sum() as tf.Scalar);
    for (const name of ['users', 'items']) {
      expect(denseGradient(gradients, name)!.every(Number.isFinite)).toBe(true);
    }
    // F.normalize divides by 1e-12 there
    const [first, second] = [unit(row(V, 1)), unit(row(V, 2))];
    expectClose(
      Array.from(denseGradient(gradients, 'users')!.subarray(0, D), (g) => g / 1e12),
      first.map((x, d) => x + second[d]!),
      1e-5,
    );
  });

  it('no columns give [B, 0]', () => {
    const [left, right] = tables();
    const rightRows = { data: new Int32Array(0), rows: 3, columns: 0 };
    const scores = embeddingDot({ left, right, leftRows: Int32Array.of(0, 1, 2), rightRows });
    expect(scores.shape).toEqual([3, 0]);
  });

  it('pairScores gives the same numbers off the tape', () => {
    const [left, right] = tables();
    const pairs = CASES['repeated users and items']!;
    const before = tf.memory().numTensors;
    expectClose(pairScores({ left, right, ...pairs }), naive(U, V, pairs, false), 1e-5);
    expectClose(pairScores({ left, right, ...pairs, normalised: true }), naive(U, V, pairs, true), 1e-5);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('names the id that is out of range, and shapes that do not fit', () => {
    const [left, right] = tables();
    const ask = (users: number[], items: number[]) =>
      embeddingDot({ left, right, leftRows: Int32Array.from(users), rightRows: matrix(Int32Array.from(items), 1) });
    expect(() => ask([0], [ITEMS])).toThrow('[backend] expected rightRows in [0, 8), got 8 at 0; check the numbering');
    expect(() => ask([-1], [0])).toThrow('[backend] expected leftRows in [0, 6), got -1 at 0; check the numbering');
    expect(() => ask([0, 1], [0])).toThrow('expected leftRows [B] and rightRows [B, N]');
    const narrow = tf.zeros<tf.Rank.R2>([ITEMS, D - 1]);
    const pairs = { leftRows: Int32Array.of(0), rightRows: matrix(Int32Array.of(0), 1) };
    expect(() => embeddingDot({ left, right: narrow, ...pairs })).toThrow('rows of one dimension, got 5 and 4');
  });
});

onEngines('fused pair scores', () => {
  it.each([false, true])('agree with autodiff of stock ops where pairs are walked in blocks (cosine %s)', (cosine) => {
    const [rows, columns, width, users, items] = [64, 20, 512, 40, 1000]; // three blocks of items and more
    const left = tf.tensor2d(normals(users * width, 71), [users, width]);
    const right = tf.tensor2d(normals(items * width, 72), [items, width]);
    const pairs = { leftRows: wholes(rows, users, 73), rightRows: matrix(wholes(rows * columns, items, 74), rows) };
    const dropout = { rate: 0.2, seed: 1, epoch: 2, step: 3 };
    const w = tf.tensor2d(normals(rows * columns, 75), [rows, columns]);
    const gradients = (op: (options: PairOptions) => tf.Tensor) =>
      tf.valueAndGrads((u: tf.Tensor, v: tf.Tensor) => {
        const options = { left: u as tf.Tensor2D, right: v as tf.Tensor2D, ...pairs, leftDropout: dropout };
        return op(options).mul(w).sum();
      })([left, right]);
    const fused = gradients(cosine ? embeddingCosine : embeddingDot);
    const stock = gradients((options) => composedScores(options, cosine));
    expectClose(numbers(fused.value), numbers(stock.value), 1e-4);
    fused.grads.forEach((gradient, i) => {
      expectClose(numbers(gradient), numbers(stock.grads[i]!), 1e-4);
    });
  });

  it('agree with float64 where left rows come in runs, whose pairs are walked in blocks', () => {
    const [width, users, items] = [512, 5, 800]; // blocks of 256 items
    const leftRows = Int32Array.from([...Array(30).fill(3), ...Array(300).fill(1), 4, ...Array(12).fill(3)]);
    const rows = leftRows.length;
    const parts = [matrix(wholes(rows, items, 81), rows), matrix(wholes(3 * rows, items, 82), rows)];
    const weights = parts.map(({ data }, part) => normals(data.length, 83 + part));
    const [u, v] = [normals(users * width, 85), normals(items * width, 86)];
    const [toU, toV] = [new Float64Array(u.length), new Float64Array(v.length)];
    const scores = parts.map(({ data, columns }, part) =>
      Array.from(data, (item, p) => {
        const user = leftRows[Math.floor(p / columns)]!;
        let score = 0;
        for (let d = 0; d < width; d++) {
          const [x, y] = [user * width + d, item * width + d];
          score += u[x]! * v[y]!;
          toU[x]! += weights[part]![p]! * v[y]!;
          toV[y]! += weights[part]![p]! * u[x]!;
        }
        return score;
      }),
    );
    const [left, right] = [tableOf('users', u, width), tableOf('items', v, width)];
    const of = (a: Rows, b: Rows): tf.Tensor2D[] => embeddingDots({ left: a, right: b, leftRows, rightRows: parts });
    const total = (made: tf.Tensor2D[]): tf.Scalar =>
      tf.addN(made.map((each, part) => tf.sum(tf.mul(each, tf.tensor2d(weights[part]!, each.shape)))));
    const planned = vi.spyOn(kernels(), 'planPairs');
    const got = tf.tidy(() => of(left, right).map(numbers));
    const starts = planned.mock.calls.map(([{ rowStarts }]) => [...rowStarts!]);
    planned.mockRestore();
    expect(starts[0]).toEqual([0, 30, 286, 330, 331, 343]); // runs, cut after 256 rows
    expect(starts[1]).toEqual(starts[0]!.map((row) => 3 * row));
    for (const [part, values] of got.entries()) expectClose(values, scores[part]!, 1e-4);
    const set = new ParameterSet({ tables: [left, right] });
    const { gradients } = set.gradient(() => total(of(left, right)));
    expectClose(denseGradient(gradients, 'users'), toU, 1e-4);
    expectClose(denseGradient(gradients, 'items'), toV, 1e-4);
    const dense = tf.grads((a: tf.Tensor, b: tf.Tensor) => total(of(a as tf.Tensor2D, b as tf.Tensor2D)))([
      tf.tensor2d(u, [users, width]),
      tf.tensor2d(v, [items, width]),
    ]);
    expectClose(numbers(dense[0]!), toU, 1e-4);
    expectClose(numbers(dense[1]!), toV, 1e-4);
  });
}, ['simd']);
