import { interactionsFromTable, type ScoreRanker } from '@losslab/core';
import { compareEvaluations, evaluate } from '@losslab/metrics';
import { expect, test } from 'vitest';

test('the README’s example', () => {
  const sizes = { userCount: 2, itemCount: 3 };
  const train = interactionsFromTable({ ...sizes, users: Int32Array.of(0, 1), items: Int32Array.of(0, 1) });
  const held = interactionsFromTable({ ...sizes, users: Int32Array.of(0, 1), items: Int32Array.of(1, 2) });
  const always = (scores: number[]): ScoreRanker => ({
    kind: 'scores',
    ...sizes,
    score(users, out) {
      for (let row = 0; row < users.length; row++) out.set(scores, row * 3);
    },
    dispose: () => undefined,
  });
  const options = { train, test: held, at: [1], metrics: ['recall', { name: 'ndcg', ideal: 'k' }] };
  const first = evaluate({ ...options, ranker: always([3, 2, 1]) });
  const second = evaluate({ ...options, ranker: always([3, 1, 2]) });
  expect(first.metrics['recall@1']).toBe(0.5);
  expect(first.definitions).toEqual({
    recall: 'hits / n, n held-out items',
    ndcg: 'DCG with binary gains and 1 / log2(rank + 1), ideal over k ranks, n held-out items',
  });
  expect(compareEvaluations(first, second)['recall@1']!.wilcoxon.pValue).toBe(1);
});
