import { expect, it } from 'vitest';
import type { BinaryOp, Broadcast, CompareOp, UnaryOp } from '../src/index.ts';
import { floats, LENGTHS, onEveryBuild, ulps, uniforms } from './support.ts';

const halfToEven = (x: number): number => {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
};
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** The float64 function and the tolerance in units of the last place. */
const UNARY: Record<UnaryOp, readonly [(x: number) => number, number]> = {
  neg: [(x) => -x, 0],
  abs: [Math.abs, 0],
  sign: [(x) => (x === 0 ? 0 : Math.sign(x)), 0],
  square: [(x) => x * x, 0.5],
  sqrt: [Math.sqrt, 0.5],
  rsqrt: [(x) => 1 / Math.sqrt(x), 1.5],
  reciprocal: [(x) => 1 / x, 0.5],
  exp: [Math.exp, 1],
  expm1: [Math.expm1, 2],
  log: [Math.log, 1],
  log1p: [Math.log1p, 2],
  sigmoid: [(x) => 1 / (1 + Math.exp(-x)), 3],
  softplus: [softplus, 2],
  logSigmoid: [(x) => -softplus(-x), 2],
  tanh: [Math.tanh, 3],
  relu: [(x) => Math.max(x, 0), 0],
  step: [(x) => (Number.isNaN(x) ? x : Number(x > 0)), 0],
  floor: [Math.floor, 0],
  ceil: [Math.ceil, 0],
  round: [halfToEven, 0],
};

/** Numbers of every magnitude, both signs; the values at which things go wrong. */
const SPECIAL = [
  0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 50, -50, 1e4, -1e4, 88, 88.7, 88.73, 89, 104, -87, -87.4, -88, -95, -103,
  -103.9, -104, -104.5, 1e-3, -1e-3, 1e-7, -1e-7, 1e-20, -1e-20, 1e-40, -1e-40, 1.4e-45, 3e38, -3e38, 1.17549435e-38,
  8388609, -0.9999, -0.5, 0.70710677, 0.7071069, 17, -17, 20, 25.1, -25.1, 30,
].map(Math.fround);
const LIMITS = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];

function spread(): Float32Array {
  const powers = uniforms(20_000, 9).map(
    (u, i) => Math.sign(u) * 10 ** (38 * Math.abs(uniforms(1, i + 1)[0]!) - 30 + 20 * u),
  );
  const near = uniforms(20_000, 10).map((u) => 30 * u);
  return Float32Array.from([...SPECIAL, ...LIMITS, ...powers, ...near]);
}

const BINARY: Record<BinaryOp, (x: number, y: number) => number> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  maximum: Math.max,
  minimum: Math.min,
  squaredDifference: (x, y) => Math.fround(x - y) ** 2,
};

const COMPARE: Record<CompareOp, (x: number, y: number) => boolean> = {
  equal: (x, y) => x === y,
  notEqual: (x, y) => x !== y,
  less: (x, y) => x < y,
  lessEqual: (x, y) => x <= y,
  greater: (x, y) => x > y,
  greaterEqual: (x, y) => x >= y,
};

const KINDS: readonly Broadcast[] = ['full', 'scalar', 'row', 'column'];
const lengthOf = (kind: Broadcast, rows: number, columns: number): number =>
  ({ full: rows * columns, scalar: 1, row: columns, column: rows })[kind];
const indexOf = (kind: Broadcast, r: number, c: number, columns: number): number =>
  ({ full: r * columns + c, scalar: 0, row: c, column: r })[kind];

onEveryBuild('elementwise', (k) => {
  for (const [name, [exact, tolerance]] of Object.entries(UNARY)) {
    const op = name as UnaryOp;

    it(`${op} is within ${tolerance} ulp of float64`, () => {
      const values = spread();
      const x = floats(k, values);
      const out = k.memory.f32(x.length);
      k.unary(op, { x, out });
      let worst = 0;
      values.forEach((value, i) => {
        const truth = exact(value);
        const finite = Number.isFinite(Math.fround(truth)) && !Number.isNaN(out[i]!);
        if (!finite || Number.isNaN(truth)) {
          if (!Object.is(out[i], Math.fround(truth)))
            expect(`${op}(${value}) = ${out[i]}`).toBe(`${op}(${value}) = ${truth}`);
          return;
        }
        const error = ulps(out[i]!, truth);
        if (error > tolerance + 0.01) expect(`${op}(${value}) = ${out[i]}`).toBe(`${op}(${value}) = ${truth}`);
        worst = Math.max(worst, error);
      });
      expect(worst).toBeLessThanOrEqual(tolerance + 0.01);
      k.memory.free(x);
      k.memory.free(out);
    });

    it(`${op} takes every length and start, in place too`, () => {
      for (const length of LENGTHS) {
        const values = uniforms(length, 4).map((u) => 1 + u / 2);
        const guarded = floats(k, [-7, ...values, -7], 3);
        const x = guarded.subarray(1, length + 1);
        k.unary(op, { x, out: x });
        expect([guarded[0], guarded[length + 1]]).toEqual([-7, -7]);
        values.forEach((value, i) => {
          expect(ulps(x[i]!, exact(value))).toBeLessThanOrEqual(tolerance + 0.01);
        });
      }
    });
  }

  it('keeps sigmoid, softplus and logSigmoid stable far out', () => {
    const x = floats(k, [50, -50, 1e4, -1e4]);
    const out = k.memory.f32(4);
    k.unary('sigmoid', { x, out });
    expect([...out]).toEqual([1, Math.fround(1 / (1 + Math.exp(50))), 1, 0].map((v) => expect.closeTo(v, 25)));
    k.unary('softplus', { x, out });
    expect([out[0], out[2], out[3]]).toEqual([50, 1e4, 0]);
    expect(out[1]! / Math.exp(-50)).toBeCloseTo(1, 6);
    k.unary('logSigmoid', { x, out });
    expect([out[1], out[3]]).toEqual([-50, -1e4]);
    expect(-out[0]! / Math.exp(-50)).toBeCloseTo(1, 6);
  });

  function checkBroadcasts(
    run: (
      left: Float32Array,
      right: Float32Array,
      leftAs: Broadcast,
      rightAs: Broadcast,
      rows: number,
      columns: number,
    ) => ArrayLike<number>,
    exact: (x: number, y: number) => number,
  ): void {
    for (const columns of LENGTHS.slice(1)) {
      const rows = 3;
      for (const leftAs of KINDS) {
        for (const rightAs of KINDS) {
          const whole = (length: number, seed: number) => uniforms(length, seed).map((u) => Math.round(3 * u));
          const left = floats(k, whole(lengthOf(leftAs, rows, columns), 1), 1);
          const right = floats(k, whole(lengthOf(rightAs, rows, columns), 2), 2);
          const out = run(left, right, leftAs, rightAs, rows, columns);
          for (let r = 0; r < rows; r++) {
            for (let c = 0; c < columns; c++) {
              const x = left[indexOf(leftAs, r, c, columns)]!;
              const y = right[indexOf(rightAs, r, c, columns)]!;
              expect(out[r * columns + c]).toBe(Math.fround(exact(x, y)));
            }
          }
        }
      }
    }
  }

  for (const [name, exact] of Object.entries(BINARY)) {
    it(`${name} broadcasts every way at every length`, () => {
      checkBroadcasts((left, right, leftAs, rightAs, rows, columns) => {
        const out = floats(k, new Float32Array(rows * columns), 1);
        k.binary(name as BinaryOp, { left, right, out, columns, leftAs, rightAs });
        return out;
      }, exact);
    });
  }

  for (const [name, exact] of Object.entries(COMPARE)) {
    it(`${name} broadcasts every way at every length`, () => {
      checkBroadcasts(
        (left, right, leftAs, rightAs, rows, columns) => {
          const out = k.memory.u8(rows * columns);
          k.compare(name as CompareOp, { left, right, out, columns, leftAs, rightAs });
          return out;
        },
        (x, y) => Number(exact(x, y)),
      );
    });
  }

  it('carries NaN through maximum and minimum, and compares it as IEEE does', () => {
    const left = floats(k, [Number.NaN, 1, Number.NaN]);
    const right = floats(k, [1, Number.NaN, Number.NaN]);
    const out = k.memory.f32(3);
    for (const op of ['maximum', 'minimum'] as const) {
      k.binary(op, { left, right, out });
      expect([...out]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    }
    const truth = k.memory.u8(3);
    k.compare('greaterEqual', { left, right, out: truth });
    expect([...truth]).toEqual([0, 0, 0]);
    k.compare('notEqual', { left, right, out: truth });
    expect([...truth]).toEqual([1, 1, 1]);
  });

  it('fills and copies', () => {
    for (const length of LENGTHS) {
      const out = floats(k, new Float32Array(length + 2), 1);
      k.fill({ out: out.subarray(1, length + 1), value: 2.5 });
      expect([...out]).toEqual([0, ...new Array<number>(length).fill(2.5), 0]);
      const x = floats(k, uniforms(length), 3);
      k.copy({ x, out: out.subarray(1, length + 1) });
      expect([...out]).toEqual([0, ...x, 0]);
    }
  });

  it('says which operand does not fit', () => {
    const out = k.memory.f32(6);
    const pair = k.memory.f32(2);
    expect(() => k.binary('add', { left: out, right: pair, out })).toThrow(
      '[kernels] expected right of at least 6 elements, got 2',
    );
    expect(() => k.binary('add', { left: out, right: pair, out, columns: 3, rightAs: 'row' })).toThrow(
      '[kernels] expected right of at least 3 elements, got 2',
    );
    expect(() => k.binary('add', { left: out, right: pair, out, rightAs: 'scalar' })).toThrow(
      '[kernels] expected right (scalar) of 1 elements, got 2; say how it broadcasts in rightAs',
    );
  });
});
