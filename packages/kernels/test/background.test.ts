import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { createKernels, type Draws, type Kernels } from '../src/index.ts';
import { builds, csrOf, ints } from './support.ts';

const [B, N, I] = [512, 200, 3000];
const instances: Kernels[] = [];
function withThreads(build: Kernels['build'], threads: number): Kernels {
  const k = createKernels({ build });
  k.engine.threads = threads;
  instances.push(k);
  return k;
}
afterAll(() => {
  for (const k of instances) k.engine.threads = 1;
});

/** A batch's worth of draws into arrays of its own, each call reading what those before it wrote. */
function drawing(k: Kernels) {
  const interactions = csrOf(
    k,
    Array.from({ length: 50 }, (_, user) => Array.from({ length: 3 + user * 4 }, (_, n) => n * 7 + (user % 7))),
  );
  const users = ints(
    k,
    Array.from({ length: B }, (_, b) => (b * 13) % 50),
  );
  const table = k.aliasTable(Array.from({ length: I }, (_, item) => 1 + (item % 5)));
  const out = k.memory.i32(B * N);
  const popular = k.memory.i32(B * N);
  const own = k.memory.i32(B * (N + 1));
  const coins = k.memory.f32(B * N);
  const at = { seed: 3, epoch: 1 };
  const draw = (draws: Draws, step: number): void => {
    draws.sampleNegatives({ at: { ...at, step }, users, columns: N, items: I, exclude: interactions, out });
    draws.fillUniform({ at: { ...at, step, stream: 1 }, out: coins });
    draws.samplePositives({
      at: { ...at, step, stream: 2 },
      users,
      positives: users,
      interactions,
      columns: N + 1,
      out: own,
    });
    draws.mixPositives({ users, interactions, items: I, odds: 40, columns: N, coins, own, out });
    draws.samplePopularity({
      at: { ...at, step, stream: 3 },
      users,
      columns: N,
      table,
      exclude: interactions,
      out: popular,
    });
  };
  const result = (): Int32Array => Int32Array.from([...out, ...popular]);
  return { draw, result };
}

/** The same draws at once, on one thread. */
function expectedDraws(build: Kernels['build'], steps: number): Int32Array[] {
  const k = withThreads(build, 1);
  const { draw, result } = drawing(k);
  return Array.from({ length: steps }, (_, step) => {
    draw(k, step);
    return result();
  });
}

describe.each(builds)('background (%s)', (build) => {
  const expected = expectedDraws(build, 6);

  test.each([1, 2, 4])('gives the same bits on %i threads, while other work goes on', async (threads) => {
    const k = withThreads(build, threads);
    const { draw, result } = drawing(k);
    const [a, out] = [k.memory.f32(200 * 200).fill(1), k.memory.f32(200 * 200)];
    for (const [step, wanted] of expected.entries()) {
      if (step === 3) await k.engine.ready();
      draw(k.background, step);
      k.matmul({ a, b: a, m: 200, k: 200, n: 200, out });
      k.background.settle();
      expect(out.every((value) => value === 200)).toBe(true);
      expect(result()).toEqual(wanted);
    }
  });
});

test('work is done though nobody asks for it, where there is a thread for it', async () => {
  const k = withThreads('simd', 2);
  await k.engine.ready();
  const { draw, result } = drawing(k);
  const [wanted] = expectedDraws('simd', 1);
  draw(k.background, 0);
  await expect.poll(() => Buffer.compare(Buffer.from(result().buffer), Buffer.from(wanted!.buffer))).toBe(0);
});

test('going back to one thread finishes what is queued, and older marks stay good', async () => {
  const k = withThreads('simd', 4);
  await k.engine.ready();
  const { draw, result } = drawing(k);
  const wanted = expectedDraws('simd', 2);
  draw(k.background, 0);
  const { mark } = k.background;
  k.engine.threads = 1;
  expect(result()).toEqual(wanted[0]);
  draw(k.background, 1);
  k.background.settle(mark);
  k.background.settle();
  expect(result()).toEqual(wanted[1]);
});

test('small calls are done at once where nothing is queued before them', () => {
  const k = withThreads('simd', 1);
  const out = k.memory.f32(3);
  k.background.fillUniform({ at: { seed: 1 }, out });
  const same = k.memory.f32(3);
  k.fillUniform({ at: { seed: 1 }, out: same });
  expect([...out]).toEqual([...same]);
});

test('a process ends though work is queued', () => {
  const program = `
    import { createKernels } from '@losslab/kernels';
    const k = createKernels();
    k.engine.threads = 3;
    await k.engine.ready();
    const out = k.memory.i32(2 ** 22);
    for (let step = 0; step < 5; step++) k.background.sampleNegatives({ at: { seed: 1, step }, columns: 1024, items: 9, out });
    console.log('end');`;
  const args = ['--conditions=@losslab/source', '--input-type=module', '-e', program];
  const options = { cwd: new URL('../../core', import.meta.url), encoding: 'utf8', timeout: 60_000 } as const;
  expect(execFileSync(process.execPath, args, options)).toBe('end\n');
});
