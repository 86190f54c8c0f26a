// Seconds of a full ranking of Gowalla's size: 29,858 users × 40,981 items, D = 64, top 20 (random factors and interactions).
// node --conditions=@losslab/source packages/metrics/bench/rank.ts
import { type FactorRanker, interactionsFromTable } from '@losslab/core';
import { kernels, Random } from '@losslab/kernels';
import { evaluate, rankAll } from '@losslab/metrics';

const [userCount, itemCount, dimension] = [29_858, 40_981, 64];
const { memory, build } = kernels();

function part(seed: number, rows: number) {
  const random = new Random({ seed });
  const users = Int32Array.from({ length: rows }, () => random.int(userCount));
  const items = Int32Array.from({ length: rows }, () => Math.floor(random.float() ** 2 * itemCount));
  return interactionsFromTable({ userCount, itemCount, users, items });
}

function factors(seed: number, rows: number): Float32Array {
  const view = memory.f32(rows * dimension);
  kernels().fillNormal({ at: { seed }, out: view });
  return view;
}

const [users, items] = [factors(1, userCount), factors(2, itemCount)];
const ranker: FactorRanker = {
  kind: 'factors',
  userCount,
  itemCount,
  dimension,
  users,
  items,
  dispose: () => undefined,
};
const [train, test] = [part(3, 810_128), part(4, 217_242)];

function seconds(work: () => unknown): string {
  const [start, before] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(before);
  return `${((performance.now() - start) / 1000).toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of CPU)`;
}

for (let round = 1; round <= 3; round++) {
  const ranking = seconds(() => rankAll({ ranker, mask: [train], test, k: 20 }));
  const evaluation = seconds(() => evaluate({ ranker, train, test }));
  console.log(`${build}, round ${round}: ranking ${ranking}; ranking and all metrics at 5, 10, 20 ${evaluation}`);
}
