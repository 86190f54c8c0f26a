import { canDeferIdle, createKernels, IdleSums, Random } from '@losslab/kernels';
import { describe, expect, test } from 'vitest';
import { builds } from './support.ts';

const beta1 = Math.fround(0.9);
const beta2 = Math.fround(0.999);
const epsilon = 1e-8;
const learningRate = 1e-3;

/** Dense Adam in float64 over one table: every row moves at every step. */
class DenseAdam {
  readonly m: Float64Array;
  readonly v: Float64Array;
  readonly x: Float64Array;
  #t = 0;

  constructor(x: Float64Array) {
    this.x = x;
    this.m = new Float64Array(x.length);
    this.v = new Float64Array(x.length);
  }

  step(gradient: Map<number, number>): void {
    this.#t++;
    const b1 = 1 - beta1 ** this.#t;
    const b2 = 1 - beta2 ** this.#t;
    for (let i = 0; i < this.x.length; i++) {
      const g = gradient.get(i) ?? 0;
      this.m[i] = beta1 * this.m[i]! + (1 - beta1) * g;
      this.v[i] = beta2 * this.v[i]! + (1 - beta2) * g * g;
      if (this.m[i] !== 0) this.x[i]! -= (learningRate * (this.m[i]! / b1)) / (Math.sqrt(this.v[i]! / b2) + epsilon);
    }
  }
}

describe.each(builds)('idle moves of Adam (%s)', (build) => {
  // Row r is touched every `periods[r]` steps with gradients of size `sizes[r]`.
  const periods = [1, 2, 3, 7, 20, 100, 400, 1000, 2000];
  const sizes = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7];
  const rows = periods.length * sizes.length + 1; // the last row is never touched

  test.each([5, 8])('agree with the dense pass to 1e-5 after 2,000 steps (dim %i)', (dim) => {
    const k = createKernels({ build });
    const random = new Random({ seed: 3, stream: 0 });
    const start = Float32Array.from({ length: rows * dim }, () => random.float() * 0.2 - 0.1);
    const oracle = new DenseAdam(Float64Array.from(start));
    const table = k.memory.copyOf(start);
    const m = k.memory.f32(rows * dim).fill(0);
    const v = k.memory.f32(rows * dim).fill(0);
    const clocks = k.memory.i32(rows).fill(0);
    const sums = new IdleSums(k.memory, { beta1, beta2 });
    const common = { parameter: table, dim, m, v, learningRate, epsilon };
    for (let t = 1; t <= 2000; t++) {
      const touched = Array.from({ length: rows - 1 }, (_, r) => r).filter(
        (r) => (t - 1 + r) % periods[Math.floor(r / sizes.length)]! === 0,
      );
      const gradient = new Map<number, number>();
      const list = k.memory.copyOf(Int32Array.from(touched));
      const values = k.memory.f32(touched.length * dim);
      touched.forEach((r, i) => {
        for (let d = 0; d < dim; d++) {
          const g = Math.fround((random.float() - 0.4) * sizes[r % sizes.length]!);
          values[i * dim + d] = g;
          gradient.set(r * dim + d, g);
        }
      });
      k.adamIdle({ ...common, clocks, list, sums });
      sums.advance();
      k.adam({ ...common, beta1, beta2, gradient: { values, list }, step: t });
      for (const r of touched) clocks[r] = t;
      oracle.step(gradient);
      k.memory.free(list);
      k.memory.free(values);
    }
    k.adamIdle({ ...common, clocks, sums });
    let worst = 0;
    for (let r = 0; r < rows; r++) {
      const row = oracle.x.subarray(r * dim, (r + 1) * dim);
      const largest = Math.max(...row.map(Math.abs));
      for (let d = 0; d < dim; d++) worst = Math.max(worst, Math.abs(table[r * dim + d]! - row[d]!) / largest);
    }
    expect(worst).toBeLessThan(1e-5);
    expect([...table.slice((rows - 1) * dim)]).toEqual([...start.slice((rows - 1) * dim)]);
  });
});

test.each(builds)('idle decay of SGD is one factor a step (%s)', (build) => {
  const k = createKernels({ build });
  const [rows, dim, step] = [40, 7, 5000];
  const [learningRate, weightDecay] = [0.01, 0.05];
  const random = new Random({ seed: 4, stream: 0 });
  const start = Float32Array.from({ length: rows * dim }, () => random.float() - 0.5);
  const since = Int32Array.from({ length: rows }, (_, r) => (r === 0 ? step : random.int(step)));
  const wanted = (r: number, d: number): number =>
    start[r * dim + d]! * (1 - Math.fround(learningRate) * Math.fround(weightDecay)) ** (step - since[r]!);
  const common = { dim, step, learningRate, weightDecay };
  const isNear = (table: Float32Array, r: number): boolean =>
    table.subarray(r * dim, (r + 1) * dim).every((x, d) => Math.abs(x / wanted(r, d) - 1) < 2e-7);
  const [copy, table, clocks] = [k.memory.copyOf(start), k.memory.copyOf(start), k.memory.copyOf(since)];

  k.decayIdle({ ...common, parameter: copy, clocks, isCopy: true });
  expect(Array.from(since, (_, r) => isNear(copy, r))).toEqual(Array(rows).fill(true));
  expect(clocks).toEqual(since);

  const listed = [3, 0, 39];
  k.decayIdle({ ...common, parameter: table, clocks, list: k.memory.copyOf(Int32Array.from(listed)) });
  for (let r = 0; r < rows; r++) {
    if (listed.includes(r)) expect([isNear(table, r), clocks[r]]).toEqual([true, step]);
    else expect([table[r * dim], clocks[r]]).toEqual([start[r * dim], since[r]]);
  }
  k.decayIdle({ ...common, parameter: table, clocks }); // those of the list are up to date
  expect(table).toEqual(copy);
});

test('idle moves are put off only where a polynomial holds them', () => {
  expect(canDeferIdle({ beta1: 0.9, beta2: 0.999 })).toBe(true);
  expect(canDeferIdle({ beta1: 0.5, beta2: 0.999 })).toBe(true);
  expect(canDeferIdle({ beta1: 0, beta2: 0.999 })).toBe(false);
  expect(canDeferIdle({ beta1: 0.99, beta2: 0.999 })).toBe(false);
  expect(canDeferIdle({ beta1: 0.95, beta2: 0.9 })).toBe(false);
  const { memory } = createKernels();
  expect(() => new IdleSums(memory, { beta1: 0.99, beta2: 0.999 })).toThrow('use the dense pass');
});
