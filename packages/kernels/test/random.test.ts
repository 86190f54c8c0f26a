import { expect, it } from 'vitest';
import { Random } from '../src/index.ts';
import { LENGTHS, onEveryBuild } from './support.ts';

function moments(values: Float32Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return { mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length };
}

onEveryBuild('random fills', (k) => {
  it('are uniform in [0, 1), or in [low, high)', () => {
    const out = k.memory.f32(100_003);
    k.fillUniform({ at: { seed: 3 }, out });
    expect(out.every((x) => x >= 0 && x < 1)).toBe(true);
    // sd of the mean is √(1/12/n) = 0.0009; of the variance √(1/180/n) = 0.00024
    expect(moments(out).mean).toBeCloseTo(0.5, 2);
    expect(Math.abs(moments(out).variance - 1 / 12)).toBeLessThan(0.0012);
    k.fillUniform({ at: { seed: 3 }, out, low: -2, high: 4 });
    expect(out.every((x) => x >= -2 && x <= 4)).toBe(true);
    expect(Math.abs(moments(out).mean - 1)).toBeLessThan(0.03);
  });

  it('are normal', () => {
    const out = k.memory.f32(200_001);
    k.fillNormal({ at: { seed: 4 }, out });
    const { mean, variance } = moments(out);
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(out.length));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / out.length));
    const inside = (z: number): number => out.filter((x) => Math.abs(x) < z).length / out.length;
    expect(inside(1)).toBeCloseTo(0.6827, 2);
    expect(inside(2)).toBeCloseTo(0.9545, 2);
    expect(inside(3)).toBeCloseTo(0.9973, 3);
    k.fillNormal({ at: { seed: 4 }, out, mean: 3, deviation: 0.01 });
    expect(moments(out).mean).toBeCloseTo(3, 3);
    expect(Math.sqrt(moments(out).variance)).toBeCloseTo(0.01, 4);
  });

  it('begin alike at any length and start', () => {
    const [whole, other] = [k.memory.f32(80), k.memory.f32(80)];
    k.fillNormal({ at: { seed: 6 }, out: whole });
    for (const length of LENGTHS) {
      const guard = k.memory.f32(length + 6).fill(-7);
      const out = guard.subarray(3, 3 + length);
      k.fillNormal({ at: { seed: 99 }, out: other }); // leaves other words in the scratch
      k.fillNormal({ at: { seed: 6 }, out });
      expect([...out]).toEqual([...whole.subarray(0, length)]);
      expect([...guard.subarray(0, 3), ...guard.subarray(3 + length)]).toEqual(Array(6).fill(-7));
    }
  });

  it('refuse a bound below 1', () => {
    const out = k.memory.i32(4);
    expect(() => k.fillIntegers({ at: { seed: 1 }, out, bound: 0 })).toThrow(
      '[kernels] expected a bound in [1, 2³¹], got 0; draw from at least one value',
    );
    expect(() => new Random({ seed: 1 }).int(0)).toThrow('expected a bound in [1, 2³¹], got 0');
  });

  it('drop the share of entries that the rate says, and scale the rest', () => {
    for (const columns of LENGTHS.slice(1)) {
      const rows = Math.ceil(20_000 / columns);
      const out = k.memory.f32(rows * columns);
      k.dropoutMask({ at: { seed: 2, step: 5 }, columns, rate: 0.25, out });
      const kept = Math.fround(1 / 0.75);
      expect(out.every((x) => x === 0 || x === kept)).toBe(true);
      const dropped = out.filter((x) => x === 0).length / out.length;
      expect(Math.abs(dropped - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / out.length));
      k.memory.free(out);
    }
    const out = k.memory.f32(64);
    k.dropoutMask({ at: { seed: 2 }, columns: 8, rate: 0, out });
    expect([...out]).toEqual(Array(64).fill(1));
    expect(() => k.dropoutMask({ at: { seed: 2 }, columns: 8, rate: 1, out })).toThrow(
      'expected a rate in [0, 1), got 1',
    );
  });

  it('mask row r alike whatever the number of rows', () => {
    const many = k.memory.f32(10 * 7);
    const few = k.memory.f32(4 * 7);
    k.dropoutMask({ at: { seed: 11 }, columns: 7, rate: 0.5, out: many });
    k.dropoutMask({ at: { seed: 11 }, columns: 7, rate: 0.5, out: few });
    expect([...few]).toEqual([...many.subarray(0, 28)]);
  });
});
