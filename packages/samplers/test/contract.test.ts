import { dataFacts, hasInteraction, type Interactions, type LabelledPairs } from '@losslab/core';
import { testSampler } from '@losslab/testkit';
import { dns, inBatch, labelled, popularity, srns, uniform, unlabelled } from '../src/index.ts';

const degree = (item: number, train: Interactions) => dataFacts(train).itemDegrees[item]!;
const refuses = [
  [{ order: 'random' }, 'order'],
  [{ furtherPositives: 'no' }, 'furtherPositives'],
] as const;

testSampler(uniform, { refuses: [...refuses, [{ exclude: 'test' }, 'exclude'], [{ noiseOdds: -1 }, 'noiseOdds']] });
testSampler(uniform, { options: { exclude: 'nobody' } });
// Its law is in uniform.test.ts: the suite's draws more columns than there are items.
testSampler(uniform, { options: { distinct: true }, law: null, refuses: [[{ distinct: 'yes' }, 'distinct']] });
testSampler(uniform, { options: { order: 'replacement' }, epoch: 'drawn', positives: 1 });
testSampler(uniform, { options: { order: 'users', furtherPositives: 'distinct' }, epoch: 'drawn', positives: 4 });
testSampler(uniform, { positives: 0 });
testSampler(uniform, { negatives: 'in-batch' });
testSampler(uniform, {
  options: { noiseOdds: 2.5 },
  law: (user, item, train) => (hasInteraction(train, user, item) ? 2.5 : 1),
});
testSampler(popularity, {
  options: { exponent: 0.75 },
  law: (user, item, train) => (hasInteraction(train, user, item) ? 0 : degree(item, train) ** 0.75),
  refuses: [[{ exponent: -1 }, 'exponent']],
});
testSampler(popularity, { options: { exclude: 'nobody' }, law: (_user, item, train) => degree(item, train) });
testSampler(inBatch, { negatives: 'in-batch', refuses });

const pairs: LabelledPairs = {
  users: Int32Array.from({ length: 60 }, (_, row) => row % 11),
  items: Int32Array.from({ length: 60 }, (_, row) => Math.floor(row / 11) * 3),
  labels: Float32Array.from({ length: 60 }, (_, row) => row % 2),
};
const isLabelled = (user: number, item: number) =>
  pairs.users.some((u, row) => u === user && pairs.items[row] === item);
testSampler(labelled, {
  labelled: pairs,
  positives: 0,
  law: (user, item, train) => (hasInteraction(train, user, item) || isLabelled(user, item) ? 0 : 1),
  refuses: [
    [{ holdOut: 1 }, 'holdOut'],
    [{ part: 'none' }, 'part'],
  ],
});
testSampler(unlabelled, { positives: 0 });

testSampler(dns, { refuses: [...refuses, [{ candidates: 0 }, 'candidates: must be >= 1, got 0']] });
testSampler(dns, { options: { rows: 'labelled', candidates: 3 }, labelled: pairs, positives: 0, law: null });
const few = { memory: 4, further: 6, pool: 12 };
testSampler(srns, {
  options: few,
  refuses: [
    ...refuses,
    [{ memory: 0 }, 'memory: must be >= 1, got 0'],
    [{ further: 0 }, 'further: must be >= 1, got 0'],
    [{ temperature: 0 }, 'temperature: must be > 0, got 0'],
    [{ alpha: -1 }, 'alpha: must be >= 0, got -1'],
    [{ warmup: 0 }, 'warmup: must be > 0, got 0'],
    [{ rows: 'all' }, 'rows'],
  ],
  law: null,
});
testSampler(srns, { options: { ...few, rows: 'labelled' }, labelled: pairs, positives: 0, law: null });
