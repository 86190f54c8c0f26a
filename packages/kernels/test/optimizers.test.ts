import { expect, it } from 'vitest';
import { distance, floats, ints, LENGTHS, onEveryBuild, uniforms, wholes } from './support.ts';

const ROWS = 9;
const STEPS = 12;
const { fround } = Math;

/** Rounding of a dozen float32 steps, over the largest entry. */
const TOLERANCE = 1e-6;

type Gradient = (step: number) => { values: Float32Array; slots?: Int32Array; list?: Int32Array };

/** Gradients as a dense float64 table; undefined where a row does not move. */
function dense({ values, slots, list }: ReturnType<Gradient>, dim: number): (readonly number[] | undefined)[] {
  return Array.from({ length: ROWS }, (_, r) => {
    const at = list ? list.indexOf(r) : slots ? slots[r]! : r;
    if (at < 0) return list ? undefined : new Array<number>(dim).fill(0);
    return [...values.subarray(at * dim, (at + 1) * dim)];
  });
}

const kinds: Record<string, (dim: number) => Gradient> = {
  dense: (dim) => (step) => ({ values: uniforms(ROWS * dim, step) }),
  'slots of some rows': (dim) => (step) => ({
    values: uniforms(3 * dim, step),
    slots: Int32Array.from({ length: ROWS }, (_, r) => [2, 5, (step * 3) % 2].indexOf(r)),
  }),
  'a list of rows': (dim) => (step) => ({ values: uniforms(3 * dim, step), list: Int32Array.of(8, step % 4, 5) }),
};

onEveryBuild('optimizers', (k) => {
  function inMemory(g: ReturnType<Gradient>) {
    return {
      values: floats(k, g.values, 1),
      ...(g.slots ? { slots: ints(k, g.slots) } : {}),
      ...(g.list ? { list: ints(k, g.list) } : {}),
    };
  }

  for (const dim of LENGTHS.slice(1)) {
    for (const [kind, make] of Object.entries(kinds)) {
      const gradient = make(dim);
      const common = { dim, learningRate: 0.01, scale: -0.5, weightDecay: 0.1 };
      /** scale · g + λθ, in float64. */
      const step = (g: number, theta: number): number => -0.5 * g + fround(0.1) * theta;

      it(`adam agrees with a float64 pass: ${kind} of ${dim}`, () => {
        const start = uniforms(ROWS * dim, 100);
        const parameter = floats(k, start, 2);
        const m = floats(k, new Float32Array(ROWS * dim), 1);
        const v = floats(k, new Float32Array(ROWS * dim), 3);
        const [theta, first, second] = [
          Float64Array.from(start),
          new Float64Array(m.length),
          new Float64Array(m.length),
        ];
        const [b1, b2] = [fround(0.9), fround(0.999)];
        for (let t = 1; t <= STEPS; t++) {
          k.adam({ parameter, m, v, step: t, gradient: inMemory(gradient(t)), ...common });
          dense(gradient(t), dim).forEach((row, r) => {
            row?.forEach((g, d) => {
              const i = r * dim + d;
              const s = step(g, theta[i]!);
              first[i] = b1 * first[i]! + (1 - b1) * s;
              second[i] = b2 * second[i]! + (1 - b2) * s * s;
              const root = Math.sqrt(second[i]! / (1 - b2 ** t));
              theta[i]! -= (0.01 * first[i]!) / (1 - b1 ** t) / (root + 1e-8);
            });
          });
        }
        expect(distance(parameter, theta)).toBeLessThan(TOLERANCE);
        expect(distance(m, first)).toBeLessThan(TOLERANCE);
        expect(distance(v, second)).toBeLessThan(TOLERANCE);
      });

      it(`sgd and adagrad agree with a float64 pass: ${kind} of ${dim}`, () => {
        const start = uniforms(ROWS * dim, 100);
        const plain = floats(k, start, 1);
        const adaptive = floats(k, start, 2);
        const sum = floats(k, new Float32Array(ROWS * dim), 3);
        const [a, b, squares] = [Float64Array.from(start), Float64Array.from(start), new Float64Array(sum.length)];
        for (let t = 1; t <= STEPS; t++) {
          const given = inMemory(gradient(t));
          k.sgd({ parameter: plain, gradient: given, ...common });
          k.adagrad({ parameter: adaptive, sum, gradient: given, ...common });
          dense(gradient(t), dim).forEach((row, r) => {
            row?.forEach((g, d) => {
              const i = r * dim + d;
              a[i]! -= 0.01 * step(g, a[i]!);
              const s = step(g, b[i]!);
              squares[i]! += s * s;
              b[i]! -= (0.01 * s) / (Math.sqrt(squares[i]!) + 1e-10);
            });
          });
        }
        expect(distance(plain, a)).toBeLessThan(TOLERANCE);
        expect(distance(adaptive, b)).toBeLessThan(TOLERANCE);
        expect(distance(sum, squares)).toBeLessThan(TOLERANCE);
      });
    }
  }

  it('sgd is exact on whole numbers', () => {
    const parameter = floats(k, [1, 2, 3, 4, 5, 6]);
    k.sgd({ parameter, dim: 3, gradient: { values: floats(k, wholes(6, -5, 6)) }, learningRate: 2 });
    expect([...parameter]).toEqual([...wholes(6, -5, 6)].map((g, i) => i + 1 - 2 * g));
  });

  it('moves idle rows by their momentum, as the dense optimizer does, and leaves them alone in a list', () => {
    const parameter = floats(k, [1, 1]);
    const moments = { m: floats(k, [0.5, 0.5]), v: floats(k, [0.25, 0.25]) };
    const gradient = { values: floats(k, [0]), slots: ints(k, [-1, 0]) };
    k.adam({ parameter, ...moments, dim: 1, gradient, learningRate: 0.1, step: 10 });
    expect(parameter[0]).toBeLessThan(1);
    expect(parameter[0]).toBe(parameter[1]);
    const before = parameter[0];
    k.adam({
      parameter,
      ...moments,
      dim: 1,
      gradient: { values: floats(k, [0]), list: ints(k, [1]) },
      learningRate: 0.1,
      step: 11,
    });
    expect(parameter[0]).toBe(before);
    expect(parameter[1]).toBeLessThan(before!);
  });

  it('clears moments below 1e-30', () => {
    const parameter = floats(k, [1, 1, 1, 1, 1]);
    const m = floats(k, [1e-30, -1e-30, 2e-30, 1e-40, -3e-38]);
    const v = floats(k, [1e-30, 1.1e-30, 1e-38, 1e-45, 1e-25]);
    const gradient = { values: floats(k, [0, 0, 0, 0, 0]) };
    k.adam({ parameter, m, v, dim: 5, gradient, learningRate: 0.1, step: 1 });
    expect([...m].map((x) => x !== 0)).toEqual([false, false, true, false, false]);
    expect([...v].map((x) => x !== 0)).toEqual([false, true, false, false, true]);
  });

  it('hands NaN on', () => {
    const parameter = floats(k, [1, 1, 1, 1, 1]);
    const [m, v] = [floats(k, [0, 0, 0, 0, 0]), floats(k, [0, 0, 0, 0, 0])];
    const gradient = { values: floats(k, [1, Number.NaN, 1, 1, Number.NaN]) };
    k.adam({ parameter, m, v, dim: 5, gradient, learningRate: 0.1, step: 1 });
    for (const values of [parameter, m, v]) {
      expect([...values].map(Number.isNaN)).toEqual([false, true, false, false, true]);
    }
  });

  it('says what is wrong with step and gradient', () => {
    const view = k.memory.f32(4);
    const gradient = { values: view };
    expect(() => k.adam({ parameter: view, m: view, v: view, dim: 2, gradient, learningRate: 1, step: 0 })).toThrow(
      '[kernels] expected step ≥ 1, got 0; count updates from 1',
    );
    const both = { values: view, slots: ints(k, [0, 1]), list: ints(k, [0]) };
    expect(() => k.sgd({ parameter: view, dim: 2, gradient: both, learningRate: 1 })).toThrow(
      '[kernels] expected slots or list, got both; pass the one that applies',
    );
  });
});
