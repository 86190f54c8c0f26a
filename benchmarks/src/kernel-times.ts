import { kernels } from '@losslab/kernels';

/**
 * Milliseconds that each kernel takes in one `run`, on average over `rounds`, the longest first; `outside` is what no kernel
 * accounts for. Threads count once: it is the time that the calling thread waits for the result.
 */
export function kernelTimes(run: () => unknown, rounds: number): Readonly<Record<string, number>> {
  const { engine } = kernels();
  const times = new Map<string, number>();
  const timed =
    <Args extends unknown[], R>(call: (kernel: string, ...args: Args) => R) =>
    (kernel: string, ...args: Args): R => {
      const began = performance.now();
      const result = call.call(engine, kernel, ...args);
      times.set(kernel, (times.get(kernel) ?? 0) + performance.now() - began);
      return result;
    };
  engine.run = timed(engine.run);
  engine.call = timed(engine.call);
  const began = performance.now();
  for (let round = 0; round < rounds; round++) run();
  const all = performance.now() - began;
  // The prototype's own come back.
  Reflect.deleteProperty(engine, 'run');
  Reflect.deleteProperty(engine, 'call');
  const inside = [...times.values()].reduce((sum, time) => sum + time, 0);
  const sorted = [...times, ['outside', all - inside] as const].sort(([, a], [, b]) => b - a);
  return Object.fromEntries(sorted.map(([kernel, time]) => [kernel, time / rounds]));
}
