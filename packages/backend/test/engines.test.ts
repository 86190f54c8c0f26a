import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { mendUtil } from '../src/engines/prepare-node.ts';
import { probeStep } from '../src/engines/probe.ts';
import { type EngineName, engineInfo, engineNames, engineReport, useEngine } from '../src/index.ts';

describe('useEngine', () => {
  it.each(['cpu', 'wasm', 'simd'] as const)('selects %s', async (name) => {
    const info = await useEngine(name);
    expect(info.name).toBe(name);
    expect(tf.getBackend()).toBe(name);
    expect(engineInfo()).toEqual(info);
    if (name !== 'simd') expect(info.threads).toBe(1);
  });

  it('auto takes simd where there is no GPU, and says which build runs', async () => {
    const gpu = engineReport().find(({ name }) => name === 'tensorflow-gpu')!;
    const info = await useEngine('auto');
    if (gpu.works) expect(['simd', 'tensorflow-gpu']).toContain(info.name);
    else
      expect(info).toEqual({
        name: 'simd',
        build: expect.stringMatching(/^(simd|relaxed)$/),
        threads: expect.any(Number),
      });
  });

  it('names the nearest known engine', async () => {
    await expect(useEngine('tensorflow_gpu' as EngineName)).rejects.toThrow('did you mean "tensorflow-gpu"?');
  });

  it('says what is missing where an engine does not work, and leaves the active one', async () => {
    await useEngine('cpu');
    for (const { name, works, detail } of engineReport()) {
      if (works) continue;
      await expect(useEngine(name)).rejects.toThrow(
        `[backend] expected engine ${name} to work here, got this: ${detail}`,
      );
      expect(tf.getBackend()).toBe('cpu');
    }
  });
});

describe('engineReport', () => {
  it('has one line for each engine', () => {
    const report = engineReport();
    expect(report.map(({ name }) => name)).toEqual(engineNames.filter((name) => name !== 'auto'));
    for (const { detail } of report) expect(detail).toMatch(/^\S.*\S$/);
    expect(report.filter(({ works }) => works).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['simd', 'wasm', 'cpu']),
    );
  });
});

it('the probe times a step and leaves no tensors', async () => {
  await useEngine('simd');
  const before = tf.memory().numTensors;
  expect(probeStep()).toBeGreaterThan(0);
  expect(tf.memory().numTensors).toBe(before);
});

it("gives tfjs-node what Node's util lost", () => {
  const util: Record<string, unknown> = {};
  mendUtil(util);
  const { isNullOrUndefined, isArray } = util as Record<string, (x: unknown) => boolean>;
  expect([null, undefined, 0, ''].map((x) => isNullOrUndefined!(x))).toEqual([true, true, false, false]);
  expect(isArray!([])).toBe(true);
});
