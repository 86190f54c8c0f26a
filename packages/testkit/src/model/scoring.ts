import { type Batch, idMatrix, type Ranker } from '@losslab/core';
import { ensure, ensureClose, ensureSame } from '../assert.ts';
import type { Check } from '../check.ts';
import { everyPair, pairsOfBatch, repetitiveBatch } from './batches.ts';
import { type ModelSubject, modelTrain } from './contract.ts';
import { scoreValues } from './evaluate.ts';
import { rankerScores } from './ranking.ts';

const { userCount, itemCount } = modelTrain;

export function scoringChecks({ contract, makeStep }: ModelSubject): Check[] {
  const checks: Check[] = [
    {
      name: 'gives one score a pair, the same wherever the pair stands in a batch',
      run() {
        const model = makeStep();
        const all = scoreValues(model, everyPair(userCount, itemCount)).positive;
        for (const batch of [repetitiveBatch(modelTrain), repetitiveBatch(modelTrain, 'in-batch')]) {
          const found = scoreValues(model, batch);
          for (const [part, pairs] of Object.entries(pairsOfBatch(batch))) {
            const expected = pairs.map(([user, item]) => all[user * itemCount + item]!);
            ensureClose(`${part} scores`, found[part as 'positive'], expected, { relative: 1e-5, absolute: 1e-6 });
          }
        }
        model.parameters.dispose();
      },
    },
    {
      name: 'shapes scores [B, M], [B, N], [L]; in-batch [B, B − 1]; M and N may be 0',
      run() {
        const model = makeStep();
        const cases: [Batch, string][] = [
          [repetitiveBatch(modelTrain), '[[5,2],[5,3],[4]]'],
          [repetitiveBatch(modelTrain, 'in-batch'), '[[5,2],[5,4],[4]]'],
          [labelledAlone(), '[[0,0],[0,0],[2]]'],
        ];
        for (const [batch, expected] of cases) {
          const found = JSON.stringify(scoreValues(model, batch).shapes);
          ensure(found === expected, `scores of shapes ${expected}`, () => found);
        }
        model.parameters.dispose();
      },
    },
    {
      name: 'ranks by what it learnt so far: a ranker stays as it was made',
      run() {
        const model = makeStep();
        const ranker = model.ranker();
        const before = rankerScores(ranker, 1);
        const arrays = Object.entries(model.parameters.arrays());
        model.parameters.load(
          Object.fromEntries(
            arrays.map(([name, { shape, data }]) => [name, { shape, data: data.map((x) => 2 * x + 1) }]),
          ),
        );
        ensureSame('scores of an older ranker', rankerScores(ranker, 1), before);
        ranker.dispose();
        model.parameters.dispose();
      },
    },
  ];
  return contract.ranks === 'otherwise' ? checks : [...checks, agreement(contract.ranks ?? 'values', makeStep)];
}

function agreement(ranks: 'values' | 'order', makeStep: ModelSubject['makeStep']): Check {
  return {
    name: ranks === 'values' ? 'ranks by the scores that it trains' : 'ranks in the order of the scores that it trains',
    run() {
      const model = makeStep();
      const trained = scoreValues(model, everyPair(userCount, itemCount)).positive;
      const ranker = model.ranker();
      const sizes = [ranker.userCount, ranker.itemCount].join(' × ');
      ensure(sizes === `${userCount} × ${itemCount}`, `a ranker of ${userCount} × ${itemCount}`, () => sizes);
      for (let user = 0; user < userCount; user++) {
        const row = trained.subarray(user * itemCount, (user + 1) * itemCount);
        const ranked = rankerScores(ranker, user);
        ensurePairs(ranker, user, ranked);
        if (ranks === 'values') ensureClose(`scores of user ${user}`, ranked, row, { relative: 1e-5, absolute: 1e-6 });
        else ensureSame(`order of user ${user}`, orderOf(ranked), orderOf(row));
      }
      ranker.dispose();
      model.parameters.dispose();
    },
  };
}

/** A ranker that scores pairs by themselves scores them as it ranks. */
function ensurePairs(ranker: Ranker, user: number, ranked: ArrayLike<number>): void {
  if (ranker.kind !== 'scores' || ranker.pairs === undefined) return;
  const items = Int32Array.from({ length: itemCount }, (_, k) => itemCount - 1 - k);
  const found = ranker.pairs(new Int32Array(itemCount).fill(user), items);
  const expected = Array.from(items, (item) => ranked[item]!);
  ensureClose(`scores of pairs of user ${user}`, found, expected, { relative: 1e-5, absolute: 1e-6 });
}

function orderOf(scores: ArrayLike<number>): number[] {
  return Array.from(scores, (_, item) => item).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

function labelledAlone(): Batch {
  const nobody = idMatrix(new Int32Array(0), 0, 0);
  const labelled = { users: Int32Array.of(1, 1), items: Int32Array.of(2, 3), labels: Float32Array.of(0, 1) };
  return { epoch: 1, step: 1, users: new Int32Array(0), positives: nobody, negatives: nobody, labelled };
}
