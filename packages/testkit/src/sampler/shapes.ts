import { type Batch, hasInteraction, type IdMatrix } from '@losslab/core';
import { ensure } from '../assert.ts';
import type { Check } from '../check.ts';
import { pairsOf } from '../data.ts';
import { BATCH_SIZE, batchesOf, type SamplerContract, type SamplerSubject, samplerTrain } from './contract.ts';

export function shapeChecks({ contract, make }: SamplerSubject): Check[] {
  return [
    {
      name: 'proposes B users, [B, M] positives of theirs and [B, N] items that there are',
      run() {
        const sampler = make();
        ensure(Number.isInteger(sampler.steps) && sampler.steps > 0, 'at least one step', () => sampler.steps);
        for (const batch of batchesOf(sampler, [1, 2])) ensureShape(batch, contract, sampler.steps);
        sampler.dispose?.();
      },
    },
    {
      name: contract.epoch === 'drawn' ? 'observes positives that there are' : 'visits everything once an epoch',
      run() {
        const sampler = make();
        for (const epoch of [1, 2]) ensureVisits([...batchesOf(sampler, [epoch])].flatMap(observedKeys), contract);
        sampler.dispose?.();
      },
    },
  ];
}

function ensureShape(
  batch: Batch,
  { positives: M = 2, negatives: N = 3, labelled }: SamplerContract,
  steps: number,
): void {
  const { users, positives, negatives, step } = batch;
  const B = users.length;
  const isLast = step === steps - 1;
  ensure(B >= 1 && (isLast ? B <= BATCH_SIZE : B === BATCH_SIZE), `${BATCH_SIZE} rows in step ${step}`, () => B);
  ensureIds('users', users, samplerTrain.userCount);
  ensureMatrix('positives', positives, B, M);
  if (N === 'in-batch') ensure(negatives === 'in-batch', 'in-batch negatives', () => 'drawn ones');
  else if (negatives === 'in-batch') ensure(false, `[${B}, ${N}] negatives`, () => 'in-batch ones');
  else ensureMatrix('negatives', negatives, B, N);
  positives.data.forEach((item, k) => {
    const user = users[Math.floor(k / M)]!;
    ensure(hasInteraction(samplerTrain, user, item), `a positive of user ${user}`, () => `item ${item}`);
  });
  if (labelled) ensure(batch.labelled?.labels.length === B, `${B} labelled pairs`, () => batch.labelled?.labels.length);
}

function ensureMatrix(what: string, { data, rows, columns }: IdMatrix, B: number, width: number): void {
  const found = `[${rows}, ${columns}] of ${data.length}`;
  ensure(found === `[${B}, ${width}] of ${B * width}`, `${what} [${B}, ${width}] of ${B * width}`, () => found);
  ensureIds(what, data, samplerTrain.itemCount);
}

function ensureIds(what: string, ids: Int32Array, count: number): void {
  const bad = ids.find((id) => id < 0 || id >= count);
  ensure(bad === undefined, `${what} in [0, ${count})`, () => bad);
}

/** The observed positives of a batch, or its labelled pairs, as words. */
function observedKeys({ users, positives, labelled }: Batch): string[] {
  if (labelled) return Array.from(labelled.users, (u, k) => `${u} ${labelled.items[k]} ${labelled.labels[k]}`);
  const { data, columns } = positives;
  return columns === 0 ? [] : Array.from(users, (u, b) => `${u} ${data[b * columns]}`);
}

function ensureVisits(visited: string[], { labelled, epoch, positives = 2 }: SamplerContract): void {
  if (positives === 0 && !labelled) return;
  const pairs = labelled ?? pairsOf(samplerTrain);
  const known = Array.from(pairs.users, (u, k) => `${u} ${pairs.items[k]}${labelled ? ` ${labelled.labels[k]}` : ''}`);
  const stranger = visited.find((key) => !known.includes(key));
  ensure(stranger === undefined, 'observed pairs that are in the data', () => stranger);
  if (epoch === 'drawn') return;
  const [found, expected] = [visited.sort().join(), known.sort().join()];
  ensure(found === expected, `each of ${known.length} pairs once`, () => `${visited.length}, or others`);
}
