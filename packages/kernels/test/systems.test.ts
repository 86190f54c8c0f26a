import { expect, it } from 'vitest';
import type { Kernels } from '../src/index.ts';
import { csrOf, definite, distance, floats, onEveryBuild, uniforms, wholes } from './support.ts';

/** x with a · x = b, by Gaussian elimination with row exchanges in float64. */
function solveNaively(a: readonly number[][], b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]!]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const best = rows.slice(k).reduce((at, row, i) => (Math.abs(row[k]!) > Math.abs(rows[at]![k]!) ? k + i : at), k);
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    for (let i = k + 1; i < n; i++) {
      const share = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= share * rows[k]![j]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let sum = rows[k]![n]!;
    for (let j = k + 1; j < n; j++) sum -= rows[k]![j]! * x[j]!;
    x[k] = sum / rows[k]![k]!;
  }
  return x;
}

function invert(kernels: Kernels, values: ArrayLike<number>, n: number): Float32Array {
  const a = floats(kernels, values, 1);
  for (const _ of kernels.invertSymmetric({ a, n }));
  return a;
}

/** The largest entry of |a · inverse − I|, in float64. */
function residual(a: ArrayLike<number>, inverse: ArrayLike<number>, n: number): number {
  let most = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? -1 : 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k]! * inverse[k * n + j]!;
      most = Math.max(most, Math.abs(sum));
    }
  }
  return most;
}

onEveryBuild('systems', (kernels) => {
  for (const dim of [1, 3, 4, 7, 8, 9, 16, 33, 64]) {
    for (const weighted of [false, true]) {
      it(`solves the ridge regressions of rows, dim ${dim}, ${weighted ? 'weighted' : 'plain'}`, () => {
        const count = 70;
        const lists = [0, 1, 2, 5, 40, 128, 129, 300].map((length, r) => [...wholes(length, 0, count, r + 1)]);
        const rows = csrOf(kernels, lists);
        const x = uniforms(count * dim);
        const total = lists.flat().length;
        const weights = uniforms(total, 3).map((w) => 2 * Math.abs(w));
        const gram = Array.from({ length: dim }, (_, i) =>
          Array.from({ length: dim }, (_, j) => {
            let sum = 0;
            for (let k = 0; k < count; k++) sum += 0.1 * x[k * dim + i]! * x[k * dim + j]!;
            return sum;
          }),
        );
        const ridge = lists.map((_, r) => 0.5 + r);
        const out = floats(kernels, new Float32Array(lists.length * dim).fill(9), 1);
        kernels.ridgeRows({
          source: floats(kernels, x, 2),
          dim,
          rows,
          ...(weighted && { weights: floats(kernels, weights, 3) }),
          factor: 0.75,
          gram: floats(kernels, gram.flat(), 1),
          ridge: floats(kernels, ridge),
          out,
        });
        const expected = lists.flatMap((list, r) => {
          const a = gram.map((row, i) => row.map((value, j) => value + (i === j ? ridge[r]! : 0)));
          const b = new Array<number>(dim).fill(0);
          list.forEach((item, p) => {
            const w = weighted ? weights[rows.indptr[r]! + p]! : 1;
            for (let i = 0; i < dim; i++) {
              b[i]! += w * x[item * dim + i]!;
              for (let j = 0; j < dim; j++) a[i]![j]! += 0.75 * w * x[item * dim + i]! * x[item * dim + j]!;
            }
          });
          return solveNaively(a, b);
        });
        expect(distance(out, expected)).toBeLessThan(2e-5);
      });
    }
  }

  it('makes NaN of a row whose matrix is not positive definite, and of no other', () => {
    const out = kernels.memory.f32(2 * 3);
    const source = floats(kernels, [1, 0, 0, 0, 1, 0, 0, 0, 1]);
    const gram = kernels.memory.f32(9).fill(0);
    const rows = csrOf(kernels, [[0], [0]]);
    kernels.ridgeRows({ source, dim: 3, rows, factor: 1, gram, ridge: floats(kernels, [0, 1]), out });
    expect([...out]).toEqual([Number.NaN, Number.NaN, Number.NaN, 0.5, 0, 0]);
  });

  for (const n of [1, 2, 7, 8, 95, 96, 97, 100, 193, 300]) {
    it(`inverts a symmetric [${n}, ${n}] in its place, from its upper triangle alone`, () => {
      const a = definite(n);
      const upper = a.map((value, at) => (at % n < Math.floor(at / n) ? Number.NaN : value));
      const inverse = invert(kernels, upper, n);
      expect(residual(a, inverse, n)).toBeLessThan(4e-5); // a condition of some 300, times 2⁻²⁴
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) expect(inverse[i * n + j]).toBe(inverse[j * n + i]);
    });
  }

  it('inverts a matrix that is known: ones and a diagonal of n + 1', () => {
    const n = 130;
    const a = Float32Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? n + 1 : 1));
    // (n I + 1 1ᵀ)⁻¹ = (I − 1 1ᵀ / 2n) / n
    const exact = Array.from(a, (_, at) => ((at % (n + 1) === 0 ? 1 : 0) - 1 / (2 * n)) / n);
    expect(distance(invert(kernels, a, n), exact)).toBeLessThan(1e-8);
  });

  it('refuses a matrix that is not positive definite, and names the pivot', () => {
    const n = 100;
    const a = Float32Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
    a[98 * n + 98] = 0;
    const { blocks } = kernels.memory.usage;
    expect(() => invert(kernels, a, n)).toThrow(
      '[kernels] expected a positive definite matrix, got one whose pivot 98',
    );
    expect(kernels.memory.usage.blocks).toBe(blocks + 1); // the matrix itself
  });

  it('counts the rows that have both of two columns', () => {
    const [users, n] = [40, 13];
    const has = Array.from({ length: users }, (_, u) =>
      Array.from({ length: n }, (_, i) => (5 * u + 3 * i * u) % 7 < 3),
    );
    const itemsByRow = csrOf(
      kernels,
      has.map((row) => row.flatMap((yes, i) => (yes ? [i] : []))),
    );
    const rowsByItem = csrOf(
      kernels,
      Array.from({ length: n }, (_, i) => has.flatMap((row, u) => (row[i] ? [u] : []))),
    );
    const out = kernels.memory.f32(n * n).fill(Number.NaN);
    kernels.countTogether({ itemsByRow, rowsByItem, n, out });
    for (let i = 0; i < n; i++) {
      for (let j = i; j < n; j++) expect(out[i * n + j]).toBe(has.filter((row) => row[i] && row[j]).length);
    }
  });
});
