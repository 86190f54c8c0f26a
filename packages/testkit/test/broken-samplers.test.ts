import {
  type Batch,
  type IdMatrix,
  idMatrix,
  itemsOf,
  type Sampler,
  type SamplerContext,
  type SamplerDefinition,
} from '@losslab/core';
import { kernels } from '@losslab/kernels';
import { failuresOf, type SamplerContract, samplerChecks, toyHardest } from '@losslab/testkit';
import { expect, test } from 'vitest';

/** The toy sampler with something wrong about it. */
function broken(change: (sampler: Sampler, context: SamplerContext) => Partial<Sampler>): SamplerDefinition {
  const definition = toyHardest as SamplerDefinition;
  return {
    ...definition,
    create(options, context) {
      const sampler = definition.create(options, context);
      return { ...sampler, ...change(sampler, context) };
    },
  };
}

async function failures(definition: SamplerDefinition, contract: SamplerContract = {}): Promise<string[]> {
  return [...(await failuresOf(samplerChecks(definition, contract))).keys()];
}

/** The same batch with its negatives changed, item by item. */
function withNegatives(batch: Batch, change: (item: number, user: number, k: number) => number): Batch {
  const { data, columns, rows } = batch.negatives as IdMatrix;
  const changed = data.map((item, k) => change(item, batch.users[Math.floor(k / columns)]!, k));
  return { ...batch, negatives: idMatrix(changed, columns, rows) };
}

const SHAPES = 'proposes B users, [B, M] positives of theirs and [B, N] items that there are';
const VISITS = 'visits everything once an epoch';
const EXCLUDES = 'leaves out of negatives whom it says';
const SATED = 'meets a user who has every item: refuses before the first step where it must exclude them, else goes on';
const PURE = 'proposes batch t as a pure function of (seed, epoch, t): in any order, by any instance, into old arrays';
const BEHIND = 'proposes the same batch in the background';
const THREADS = 'gives the same bits on 1, 2 and 4 threads';
const KEPT = 'leaves a batch alone that nobody gave back, after dispose() too';
const DIFFERS = 'proposes other batches for another seed, stream or epoch';
const LAW = 'draws negatives by the law that it states (χ²)';
const REFINES = 'refines negatives alone, to items that there are';
const RESUMES = 'comes back from its state in the middle of an epoch, and goes on the same';

test('the sound toy passes', async () => {
  expect(await failures(broken(() => ({})))).toEqual([]);
});

test('a sampler that leaks a seen item now and then', async () => {
  const leaking = broken(({ propose }, { train }) => ({
    propose: (epoch, step) =>
      withNegatives(propose(epoch, step), (item, user, k) => (k % 20 === 19 ? itemsOf(train, user)[0]! : item)),
  }));
  expect(await failures(leaking)).toEqual([EXCLUDES, LAW]);
});

test('a law that is not the one stated', async () => {
  const skewed = broken(({ propose }, { train }) => ({
    propose: (epoch, step) =>
      withNegatives(propose(epoch, step), (item, user, k) => {
        const unseen = item > 0 && !itemsOf(train, user).includes(item - 1);
        return k % 10 === 0 && unseen ? item - 1 : item;
      }),
  }));
  expect(await failures(skewed)).toEqual([LAW]);
  expect(await failures(skewed, { law: null })).toEqual([]);
  expect(
    await failures(
      broken(() => ({})),
      { law: (_, item) => 1 + item },
    ),
  ).toEqual([LAW]);
});

test('a column short, an item too many, a user’s items that are not', async () => {
  const narrow = broken(({ propose }) => ({
    propose(epoch, step) {
      const batch = propose(epoch, step);
      const { data, rows } = batch.negatives as IdMatrix;
      return { ...batch, negatives: idMatrix(data.subarray(0, rows), 1, rows) };
    },
  }));
  expect(await failures(narrow)).toContain(SHAPES);
  const beyond = broken(({ propose }, { train }) => ({
    propose: (epoch, step) => withNegatives(propose(epoch, step), (item, _, k) => (k === 0 ? train.itemCount : item)),
  }));
  expect(await failures(beyond)).toContain(SHAPES);
  const foreign = broken(({ propose }) => ({
    propose(epoch, step) {
      const batch = propose(epoch, step);
      return { ...batch, positives: { ...batch.positives, data: batch.positives.data.slice().reverse() } };
    },
  }));
  expect(await failures(foreign)).toContain(SHAPES);
});

test('an epoch that visits one batch twice', async () => {
  const repeating = broken(({ propose }) => ({
    propose: (epoch, step) => ({ ...propose(epoch, step === 2 ? 1 : step), step }),
  }));
  expect(await failures(repeating)).toEqual([VISITS]);
  expect(await failures(repeating, { epoch: 'drawn' })).toEqual([]);
});

test('batches that depend on what was asked before, or that are written again', async () => {
  const counting = broken(({ propose }) => {
    let calls = 0;
    return { propose: (epoch, step) => ({ ...propose(epoch + 100 * ++calls, step), epoch }) };
  });
  expect(await failures(counting)).toContain(PURE);
  const reusing = broken(({ propose }) => {
    const kept = new Int32Array(8 * 60);
    return {
      propose(epoch, step) {
        const batch = propose(epoch, step);
        const { data, columns, rows } = batch.negatives as IdMatrix;
        kept.set(data);
        return { ...batch, negatives: idMatrix(kept.subarray(0, data.length), columns, rows) };
      },
    };
  });
  expect(await failures(reusing)).toEqual([PURE, KEPT]);
});

test('a sampler that reads at once what it left to the background', async () => {
  const hasty = broken(({ propose }, { seed }) => {
    const drawn = kernels().memory.f32(1).fill(0);
    return {
      propose(epoch, step, _into, background) {
        const batch = propose(epoch, step);
        (background ?? kernels()).fillUniform({ at: { seed, epoch, step }, out: drawn });
        const first = drawn[0]! < 0.5 ? 0 : 1;
        const { data } = batch.negatives as IdMatrix;
        return withNegatives(batch, (item, _, k) => (k === 0 ? data[first]! : item));
      },
    };
  });
  expect(await failures(hasty)).toEqual([BEHIND]);
});

test('a seed that does nothing', async () => {
  const definition = broken(() => ({}));
  const { create } = definition;
  const fixed = {
    ...definition,
    create: (options: unknown, context: SamplerContext) => create(options, { ...context, seed: 1 }),
  };
  expect(await failures(fixed)).toEqual([DIFFERS]);
});

test('a user who has every item, and gets batches all the same', async () => {
  const definition = broken(() => ({}));
  const { create } = definition;
  const careless: SamplerDefinition = {
    ...definition,
    create(options, context) {
      if (itemsOf(context.train, 1).length < context.train.itemCount) return create(options, context);
      const nobody = idMatrix(new Int32Array(0), 0, 0);
      const propose = (epoch: number, step: number): Batch => ({
        epoch,
        step,
        users: new Int32Array(0),
        positives: nobody,
        negatives: nobody,
      });
      return { name: 'toy-hardest', steps: 1, excludes: 'seen', propose };
    },
  };
  expect(await failures(careless)).toEqual([SATED]);
});

test('a refinement that changes positives, or that forgets its state', async () => {
  const meddling = broken(({ refine }) => ({
    refine(batch, score) {
      const refined = refine!(batch, score);
      return { ...refined, positives: { ...refined.positives, data: refined.positives.data.map(() => 0) } };
    },
  }));
  expect(await failures(meddling)).toEqual([REFINES]);
  const forgetful = broken(({ state }) => ({
    state: () => ({ hardest: { shape: [12], data: state!().hardest!.data.map(() => -1) } }),
  }));
  expect(await failures(forgetful)).toEqual([RESUMES]);
});

test('a sampler whose batches depend on the number of threads', async () => {
  const cut = broken(({ propose }) => ({
    propose(epoch, step) {
      const { threads } = kernels().engine;
      return threads === 1 ? propose(epoch, step) : propose(epoch + threads, step);
    },
  }));
  expect(await failures(cut)).toContain(THREADS);
});
