import { expect, it } from 'vitest';
import type { ReduceOp } from '../src/index.ts';
import { distance, floats, LENGTHS, onEveryBuild, uniforms } from './support.ts';

const ROWS = 5;
const COLUMNS = [...LENGTHS.slice(1), 800, 1003];
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);
const logSumExp = (x: readonly number[]): number => {
  const most = Math.max(...x);
  return most + Math.log(sum(x.map((value) => Math.exp(value - most))));
};
const REDUCE: Record<ReduceOp, (x: readonly number[]) => number> = {
  sum,
  mean: (x) => sum(x) / x.length,
  max: (x) => Math.max(...x),
  min: (x) => Math.min(...x),
  logSumExp,
  logMeanExp: (x) => logSumExp(x) - Math.log(x.length),
};

const rowsOf = (x: Float32Array, columns: number): number[][] =>
  Array.from({ length: x.length / columns }, (_, r) => [...x.subarray(r * columns, (r + 1) * columns)]);
const logSoftmax = (x: readonly number[]): number[] => {
  const lse = logSumExp(x);
  return x.map((value) => value - lse);
};
const softmax = (x: readonly number[]): number[] => logSoftmax(x).map(Math.exp);

/** Σ x p with p = softmax(x / temperature), and its slope p (1 + (x − Σ x p) / temperature). */
function softmaxMean(x: readonly number[], temperature: number): { mean: number; slope: number[] } {
  const most = Math.max(...x);
  const t = x.map((value) => (value - most) / temperature);
  const p = softmax(t);
  const under = sum(p.map((weight, c) => (weight === 0 ? 0 : weight * t[c]!)));
  const slope = p.map((weight, c) => (weight === 0 ? 0 : weight * (1 + t[c]! - under)));
  return { mean: most + temperature * under, slope };
}

onEveryBuild('reductions', (k) => {
  for (const columns of COLUMNS) {
    const values = uniforms(ROWS * columns, columns).map((u) => 20 * u);

    it(`reduce rows of ${columns} to within 2e-7 of float64`, () => {
      const x = floats(k, values, columns % 4);
      const out = k.memory.f32(ROWS);
      for (const [op, exact] of Object.entries(REDUCE)) {
        k.reduceRows(op as ReduceOp, { x, columns, out });
        expect(distance(out, rowsOf(x, columns).map(exact))).toBeLessThan(2e-7);
      }
      const sums = k.memory.f32(columns);
      k.columnSum({ x, columns, out: sums });
      const rows = rowsOf(x, columns);
      const exact = Array.from(sums, (_, c) => sum(rows.map((row) => row[c]!)));
      expect(distance(sums, exact)).toBeLessThan(2e-7);
    });

    it(`softmax and logSoftmax over ${columns}, with gradients, to within 1e-6 of the largest entry`, () => {
      const x = floats(k, values, 1);
      const out = floats(k, values, 2);
      k.softmax({ x, columns, out });
      const p = rowsOf(x, columns).flatMap(softmax);
      expect(distance(out, p)).toBeLessThan(1e-6);

      const dy = floats(k, uniforms(values.length, 3), 3);
      const y = floats(k, out);
      k.softmaxGradient({ y, dy, columns, out });
      const softmaxGradient = rowsOf(x, columns).flatMap((row, r) => {
        const soft = softmax(row);
        const g = [...dy.subarray(r * columns, (r + 1) * columns)];
        const mean = sum(soft.map((value, c) => value * g[c]!));
        return soft.map((value, c) => value * (g[c]! - mean));
      });
      expect(distance(out, softmaxGradient)).toBeLessThan(1e-6);

      k.logSoftmax({ x, columns, out });
      expect(distance(out, rowsOf(x, columns).flatMap(logSoftmax))).toBeLessThan(1e-6);
      y.set(out);
      k.logSoftmaxGradient({ y, dy, columns, out: dy });
      const again = uniforms(values.length, 3);
      const logGradient = rowsOf(x, columns).flatMap((row, r) => {
        const g = [...again.subarray(r * columns, (r + 1) * columns)];
        const total = sum(g);
        return softmax(row).map((value, c) => g[c]! - value * total);
      });
      expect(distance(dy, logGradient)).toBeLessThan(4e-6);
    });

    it(`gradient of logSumExp over ${columns}`, () => {
      const x = floats(k, values, 3);
      const lse = k.memory.f32(ROWS);
      k.reduceRows('logSumExp', { x, columns, out: lse });
      const dy = floats(k, uniforms(ROWS, 8));
      const out = floats(k, values, 1);
      k.logSumExpGradient({ x, lse, dy, columns, out });
      const exact = rowsOf(x, columns).flatMap((row, r) => softmax(row).map((value) => dy[r]! * value));
      expect(distance(out, exact)).toBeLessThan(2e-6); // lse is rounded: up to half an ulp of 32 in the exponent
    });

    it(`logSumExp and logMeanExp of x / temperature over ${columns}, with gradient`, () => {
      for (const temperature of [0.125, 0.3, 7]) {
        const inverse = Math.fround(1 / temperature);
        const x = floats(k, uniforms(ROWS * columns, columns), columns % 4);
        const rows = rowsOf(x, columns).map((row) => row.map((value) => value * inverse));
        const [lse, mean] = [k.memory.f32(ROWS), k.memory.f32(ROWS)];
        k.reduceRows('logSumExp', { x, columns, out: lse, temperature });
        k.reduceRows('logMeanExp', { x, columns, out: mean, temperature });
        expect(distance(lse, rows.map(REDUCE.logSumExp))).toBeLessThan(1e-6);
        expect(distance(mean, rows.map(REDUCE.logMeanExp))).toBeLessThan(1e-6);
        const dy = floats(k, uniforms(ROWS, 8));
        const out = floats(k, x, 1);
        k.logSumExpGradient({ x, lse, dy, columns, out, temperature });
        const exact = rows.flatMap((row, r) => softmax(row).map((value) => dy[r]! * value * inverse));
        expect(distance(out, exact)).toBeLessThan(4e-6);
      }
    });
  }

  for (const columns of COLUMNS) {
    it(`softmaxMean over ${columns}, with gradient, at any temperature, to within 1e-6 of the largest entry`, () => {
      for (const temperature of [1e-30, 0.1, 3, 1e6]) {
        const x = floats(k, uniforms(ROWS * columns, columns), columns % 4);
        const out = floats(k, uniforms(ROWS, 1), 1);
        k.softmaxMean({ x, columns, out, temperature });
        const exact = rowsOf(x, columns).map((row) => softmaxMean(row, Math.fround(temperature)));
        const value = exact.map(({ mean }) => mean);
        expect(distance(out, value)).toBeLessThan(1e-6);

        const dy = floats(k, uniforms(ROWS, 8), 2);
        const gradient = floats(k, uniforms(x.length, 4), 3);
        k.softmaxMeanGradient({ x, dy, columns, out: gradient, temperature });
        const slopes = exact.flatMap(({ slope }, r) => slope.map((s) => dy[r]! * s));
        expect(distance(gradient, slopes)).toBeLessThan(2e-6);
      }
    });
  }

  it('softmaxMean is exact over one column, and at ±1e4 and beyond', () => {
    const x = floats(k, [0.1, -1e4, 1e30, -7]);
    const out = k.memory.f32(4);
    k.softmaxMean({ x, columns: 1, out, temperature: 0.3 });
    expect([...out]).toEqual([...x]);
    k.softmaxMeanGradient({ x, dy: floats(k, [1, -2, 3, 0.1]), columns: 1, out, temperature: 0.3 });
    expect([...out]).toEqual([1, -2, 3, Math.fround(0.1)]);
    const extreme = floats(k, [1e4, -1e4, 1e4, 1e4, -inf, 5]);
    const pair = k.memory.f32(3);
    k.softmaxMean({ x: extreme, columns: 2, out: pair, temperature: 0.1 });
    expect([...pair]).toEqual([1e4, 1e4, 5]);
    const slopes = k.memory.f32(6);
    k.softmaxMeanGradient({ x: extreme, dy: pair.fill(1), columns: 2, out: slopes, temperature: 0.1 });
    expect([...slopes].map((v) => v + 0)).toEqual([1, 0, 0.5, 0.5, 0, 1]); // −0 is 0
    k.softmaxMean({ x: floats(k, [1, nan, 3]), columns: 3, out: pair, temperature: 1 });
    expect(pair[0]).toBeNaN();
  });

  it('is exact on whole numbers', () => {
    const x = floats(k, [3, 1, 2, -4, 5, 6, 7, 8, 9, 1e6], 1);
    const out = k.memory.f32(2);
    k.reduceRows('sum', { x, columns: 5, out });
    expect([...out]).toEqual([7, 1_000_030]);
    k.reduceRows('mean', { x, columns: 5, out });
    expect([...out]).toEqual([Math.fround(1.4), 200_006]);
    k.reduceRows('max', { x, columns: 5, out });
    expect([...out]).toEqual([5, 1e6]);
    k.reduceRows('min', { x, columns: 5, out });
    expect([...out]).toEqual([-4, 6]);
  });

  it('sums long rows without drift', () => {
    const x = k.memory.f32(3_000_001).fill(0.1);
    const out = k.memory.f32(1);
    k.reduceRows('sum', { x, columns: x.length, out });
    expect(out[0]).toBe(Math.fround(x.length * Math.fround(0.1)));
    k.reduceRows('logSumExp', { x, columns: x.length, out });
    expect(out[0]).toBeCloseTo(0.1 + Math.log(x.length), 6);
  });

  it.each([5, 9])('carries NaN and infinities through rows of %i', (columns) => {
    const rows = (...fills: [number, number][]): Float32Array =>
      floats(
        k,
        fills.flatMap(([filler, odd]) => Array.from({ length: columns }, (_, c) => (c === columns - 2 ? odd : filler))),
      );
    const x = rows([1, nan], [1, inf], [1, -inf], [-inf, -inf], [nan, inf], [-inf, nan], [1e38, 1e38]);
    const out = k.memory.f32(7);
    const reduced = (op: ReduceOp): number[] => {
      k.reduceRows(op, { x, columns, out });
      return [...out];
    };
    expect(reduced('max')).toEqual([nan, inf, 1, -inf, nan, nan, Math.fround(1e38)]);
    expect(reduced('min')).toEqual([nan, 1, -inf, -inf, nan, nan, Math.fround(1e38)]);
    const [a, b, c, d, e, f, g] = reduced('logSumExp');
    expect([a, b, d, e, f]).toEqual([nan, inf, -inf, nan, nan]);
    expect(c).toBeCloseTo(1 + Math.log(columns - 1), 6);
    expect(g).toBe(Math.fround(1e38));
  });

  it('is stable at ±50 and ±1e4', () => {
    const x = floats(k, [50, -50, 1e4, -1e4, -1e4, -1e4]);
    const out = k.memory.f32(6);
    k.softmax({ x, columns: 2, out });
    expect([...out].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([1, 0, 1, 0, 0.5, 0.5]);
    k.logSoftmax({ x, columns: 2, out });
    expect([...out]).toEqual([0, -100, 0, -20000, -Math.fround(Math.LN2), -Math.fround(Math.LN2)]);
  });
});
