import type { FittedModel, NamedArrays } from '@losslab/core';
import { ensure, ensureRefused, ensureSame } from '../assert.ts';
import type { Check } from '../check.ts';
import { everyPair } from './batches.ts';
import { type ModelSubject, modelTrain } from './contract.ts';
import { copyArrays, scoreValues } from './evaluate.ts';
import { rankerScores } from './ranking.ts';

const { userCount, itemCount } = modelTrain;

export function stepCheckpointChecks({ makeStep }: ModelSubject): Check[] {
  return [
    {
      name: 'comes back from its arrays bit by bit',
      run() {
        const [trained, fresh] = [makeStep({ seed: 1 }), makeStep({ seed: 2 })];
        const arrays = trained.parameters.arrays();
        fresh.parameters.load(arrays);
        ensureSameArrays(fresh.parameters.arrays(), arrays);
        const pairs = everyPair(userCount, itemCount);
        ensureSame('scores', scoreValues(fresh, pairs).positive, scoreValues(trained, pairs).positive);
        fresh.parameters.dispose();
        trained.parameters.dispose();
      },
    },
    {
      name: 'hands out copies of its arrays',
      run() {
        const model = makeStep();
        const before = copyArrays(model.parameters.arrays());
        for (const { data } of Object.values(model.parameters.arrays())) data.fill(7);
        ensureSameArrays(model.parameters.arrays(), before);
        model.parameters.dispose();
      },
    },
    {
      name: 'refuses arrays that are not its own',
      run() {
        const model = makeStep();
        const arrays = copyArrays(model.parameters.arrays());
        const [name, { data }] = Object.entries(arrays)[0]!;
        const load = (changed: NamedArrays) => () => model.parameters.load(changed);
        const { [name]: _, ...rest } = arrays;
        ensureRefused('a missing array', load(rest), 'bad-run', name);
        const shorter = { shape: [data.length - 1], data: data.subarray(1) };
        ensureRefused('a shorter array', load({ ...arrays, [name]: shorter }), 'bad-run', name);
        model.parameters.dispose();
      },
    },
  ];
}

export function fittedCheckpointChecks({ make }: ModelSubject): Check[] {
  return [
    {
      name: 'comes back from its arrays bit by bit',
      async run() {
        const [fitted, fresh] = [make() as FittedModel, make() as FittedModel];
        await fitted.fit(modelTrain);
        const arrays = fitted.arrays();
        fresh.load(arrays);
        ensureSameArrays(fresh.arrays(), arrays);
        const [mine, theirs] = [fresh.ranker(), fitted.ranker()];
        for (let u = 0; u < userCount; u++) ensureSame(`user ${u}`, rankerScores(mine, u), rankerScores(theirs, u));
        mine.dispose();
        theirs.dispose();
      },
    },
    {
      name: 'hands out copies, and a ranker stays as it was made',
      async run() {
        const model = make() as FittedModel;
        await model.fit(modelTrain);
        const ranker = model.ranker();
        const before = rankerScores(ranker, 0);
        for (const { data } of Object.values(model.arrays())) data.fill(7);
        const again = model.ranker();
        ensureSame('scores of a new ranker', rankerScores(again, 0), before);
        await model.fit({ ...modelTrain, indptr: new Int32Array(userCount + 1), indices: new Int32Array(0) });
        ensureSame('scores of an older ranker', rankerScores(ranker, 0), before);
        ranker.dispose();
        again.dispose();
      },
    },
    {
      name: 'refuses arrays that are not its own',
      async run() {
        const model = make() as FittedModel;
        await model.fit(modelTrain);
        const shorter = Object.entries(model.arrays()).map(([name, { shape, data }]) => {
          return [name, { shape: [...shape.slice(0, -1), shape.at(-1)! - 1], data: data.subarray(1) }];
        });
        ensureRefused('no arrays', () => model.load({}), 'bad-run');
        ensureRefused('shorter arrays', () => model.load(Object.fromEntries(shorter)), 'bad-run');
      },
    },
  ];
}

export function ensureSameArrays(found: NamedArrays, expected: NamedArrays): void {
  const names = Object.keys(expected).join(', ');
  ensure(Object.keys(found).join(', ') === names, `arrays ${names}`, () => Object.keys(found).join(', '));
  for (const [name, { shape, data }] of Object.entries(expected)) {
    ensure(`${found[name]!.shape}` === `${shape}`, `${name} of shape [${shape}]`, () => `[${found[name]!.shape}]`);
    ensureSame(name, found[name]!.data, data);
  }
}
