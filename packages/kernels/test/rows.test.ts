import { expect, it } from 'vitest';
import { bits, distance, floats, ints, LENGTHS, onEveryBuild, uniforms, wholes } from './support.ts';

const DIMS = LENGTHS.slice(1);
const ROWS = 7;
/** Sums of up to 65 products of numbers below 1 in float32. */
const TOLERANCE = 2e-6;

const rowOf = (table: ArrayLike<number>, r: number, dim: number): number[] =>
  Array.from({ length: dim }, (_, d) => table[r * dim + d]!);
const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, value, d) => sum + value * y[d]!, 0);

onEveryBuild('rows', (k) => {
  for (const dim of DIMS) {
    const offset = dim % 3;

    it(`gathers rows of ${dim}, and multiplies them by a mask`, () => {
      const table = floats(k, uniforms(ROWS * dim), offset);
      const ids = ints(k, [3, 0, 3, 6, 1]);
      const out = floats(k, new Float32Array(5 * dim), 1);
      k.gatherRows({ table, dim, ids, out });
      expect([...out]).toEqual([...ids].flatMap((id) => rowOf(table, id, dim)));
      const mask = floats(k, uniforms(5 * dim, 2), 2);
      const plain = [...out];
      k.gatherRows({ table, dim, ids, out, mask });
      expect([...out]).toEqual(plain.map((value, i) => Math.fround(value * mask[i]!)));
    });

    it(`puts rows of ${dim} back where they were gathered`, () => {
      const [source, ids] = [floats(k, uniforms(3 * dim, 4), offset), ints(k, [5, 0, 2])];
      const out = floats(k, new Float32Array(ROWS * dim).fill(7), 1);
      k.scatterRows({ source, dim, ids, out });
      const wanted = Array.from({ length: ROWS }, () => new Array<number>(dim).fill(7));
      ids.forEach((id, i) => {
        wanted[id] = rowOf(source, i, dim);
      });
      expect([...out]).toEqual(wanted.flat());
    });

    it(`normalises rows of ${dim}, a row of zeros not`, () => {
      const values = uniforms(ROWS * dim);
      values.fill(0, 2 * dim, 3 * dim);
      const rows = floats(k, values, offset);
      const inverseNorms = k.memory.f32(ROWS);
      k.normaliseRows({ rows, dim, inverseNorms });
      for (let r = 0; r < ROWS; r++) {
        const x = rowOf(values, r, dim);
        const norm = Math.max(Math.sqrt(dot(x, x)), 1e-12);
        expect(
          distance(
            rowOf(rows, r, dim),
            x.map((value) => value / norm),
          ),
        ).toBeLessThan(TOLERANCE);
        expect(inverseNorms[r]! * norm).toBeCloseTo(1, 5);
      }
      const ids = ints(k, [4, 0, 2, 0], 1);
      const units = k.memory.f32(4 * dim);
      const norms = k.memory.f32(4);
      k.gatherUnits({ table: floats(k, values), dim, ids, out: units, inverseNorms: norms });
      expect(bits(units)).toEqual(bits(Float32Array.from([...ids].flatMap((id) => [...rowOf(rows, id, dim)]))));
      expect(bits(norms)).toEqual(bits(Float32Array.from(ids, (id) => inverseNorms[id]!)));
    });

    it(`projects gradients of ${dim} as the derivative of the norm wants`, () => {
      const x = uniforms(ROWS * dim, 3);
      const unit = floats(k, x, offset);
      const inverseNorms = k.memory.f32(ROWS);
      k.normaliseRows({ rows: unit, dim, inverseNorms });
      const g = uniforms(ROWS * dim, 4);
      const gradient = floats(k, g, 1);
      k.projectNormalised({ gradient, unit, inverseNorms, dim });
      for (let r = 0; r < ROWS; r++) {
        const xr = rowOf(x, r, dim);
        const gr = rowOf(g, r, dim);
        const norm = Math.sqrt(dot(xr, xr));
        const along = dot(gr, xr) / norm ** 2;
        const exact = xr.map((value, d) => (gr[d]! - along * value) / norm);
        const scale = Math.max(1, 1 / norm);
        expect(
          distance(
            rowOf(gradient, r, dim).map((v) => v / scale),
            exact.map((v) => v / scale),
          ),
        ).toBeLessThan(5e-6);
      }
    });

    it(`adds rows of ${dim} in order, leaving out negative ones`, () => {
      const source = floats(k, wholes(6 * dim, -9, 10), offset);
      const rows = ints(k, [2, 0, 2, -1, 4, 2]);
      const before = wholes(5 * dim, -9, 10, 7);
      const out = floats(k, before, 3);
      k.addRows({ source, rows, out, dim });
      const exact = Float64Array.from(before);
      rows.forEach((r, i) => {
        if (r >= 0) for (let d = 0; d < dim; d++) exact[r * dim + d]! += source[i * dim + d]!;
      });
      expect([...out]).toEqual([...exact]);

      const fresh = k.memory.u8(5);
      fresh.set([1, 0, 1, 1, 0]);
      const filled = floats(k, before);
      k.addRows({ source, rows, out: filled, dim, fresh });
      expect([...fresh]).toEqual([0, 0, 0, 1, 0]);
      expect(rowOf(filled, 0, dim)).toEqual(rowOf(source, 1, dim));
      expect(rowOf(filled, 2, dim)).toEqual(
        rowOf(source, 0, dim).map((value, d) => value + source[2 * dim + d]! + source[5 * dim + d]!),
      );
      expect(rowOf(filled, 3, dim)).toEqual(rowOf(before, 3, dim));

      k.segmentSum({ source, segments: rows, out, dim });
      expect([...out]).toEqual([...exact].map((value, i) => value - before[i]!));
    });

    it(`adds scaled rows of ${dim}`, () => {
      const source = floats(k, wholes(4 * dim, -9, 10), offset);
      const before = wholes(6 * dim, -9, 10, 7);
      const out = floats(k, before, 1);
      const weights = floats(k, [1, 2, -3]);
      const [sourceRows, outRows] = [ints(k, [3, 1, 3]), ints(k, [5, 0, 2])];
      k.axpyRows({ scale: 2, source, out, dim, weights, sourceRows, outRows });
      const exact = Float64Array.from(before);
      for (let i = 0; i < 3; i++) {
        for (let d = 0; d < dim; d++) {
          exact[outRows[i]! * dim + d]! += 2 * weights[i]! * source[sourceRows[i]! * dim + d]!;
        }
      }
      expect([...out]).toEqual([...exact]);
      const plain = floats(k, before);
      k.axpyRows({ scale: -1, source: plain, out: plain, dim });
      expect(plain.every((value) => value === 0)).toBe(true);
    });

    it(`sums squares of rows of ${dim} in float64`, () => {
      const table = floats(k, uniforms(200 * dim), offset);
      const ids = ints(k, wholes(150, 0, 200));
      const weights = floats(k, wholes(150, 0, 5, 3));
      const square = (r: number): number => dot(rowOf(table, r, dim), rowOf(table, r, dim));
      const all = Array.from({ length: 200 }, (_, r) => square(r)).reduce((a, b) => a + b);
      expect(k.sumOfSquares({ table, dim }) / all).toBeCloseTo(1, 13);
      const some = [...ids].reduce((sum, id, i) => sum + weights[i]! * square(id), 0);
      expect(k.sumOfSquares({ table, dim, ids, weights }) / some).toBeCloseTo(1, 13);
      expect(k.sumOfSquares({ table, dim, ids: ints(k, []) })).toBe(0);
    });
  }

  it('refuses arrays elsewhere and shapes that do not fit', () => {
    const out = k.memory.f32(8);
    const ids = k.memory.i32(2).fill(0);
    expect(() => k.gatherRows({ table: new Float32Array(8), dim: 4, ids, out })).toThrow(
      "[kernels] expected table in the kernels' memory, got an array elsewhere; make it with memory.f32/i32 or copyOf",
    );
    expect(() => k.gatherRows({ table: out, dim: 4, ids, out: k.memory.f32(7) })).toThrow(
      '[kernels] expected out of at least 8 elements, got 7; check rows, columns and dim',
    );
    expect(() => k.normaliseRows({ rows: out, dim: 3, inverseNorms: out })).toThrow(
      '[kernels] expected a multiple of dim = 3 elements, got 8; check the shapes',
    );
    expect(() => k.normaliseRows({ rows: out, dim: 0, inverseNorms: out })).toThrow(
      '[kernels] expected dim ≥ 1, got 0',
    );
  });
});
