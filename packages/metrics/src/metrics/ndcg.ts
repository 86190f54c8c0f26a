import type { MetricDefinition, RankedUser, RankingMetric } from '@losslab/core';
import * as z from 'zod';
import { discount, hitCount, idealGains, sumOverHits } from './shared.ts';

const ideals = {
  min: { ranks: (k: number, n: number) => Math.min(k, n), text: 'min(k, n)' },
  test: { ranks: (_k: number, n: number) => n, text: 'n' },
  k: { ranks: (k: number) => k, text: 'k' },
  hits: { ranks: (k: number, _n: number, user: RankedUser) => hitCount(user, k), text: 'the number of hits' },
} as const;

const options = z.strictObject({
  /**
   * How many ranks the ideal list fills: `min` min(k, n), `test` all n, whatever k, `k` all k, whatever n, `hits` the hits
   * that were found, put first (NGCF's released code).
   */
  ideal: z.enum(['min', 'test', 'k', 'hits']).default('min'),
});
export type NdcgOptions = z.output<typeof options>;

/**
 * NDCG@k = DCG@k / IDCG, DCG@k = Σ over ranks r ≤ k that hit, of 1 / log2(r + 1), binary gains. IDCG is the same sum over
 * ranks 1 ... min(k, n), where every rank hits. 0 without hits.
 */
export const ndcg: MetricDefinition<NdcgOptions> = {
  kind: 'metric',
  name: 'ndcg',
  summary: 'hits discounted by the logarithm of their rank, against the ideal list',
  source: 'Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques, TOIS 2002',
  options,
  create({ ideal }): RankingMetric {
    const { ranks, text } = ideals[ideal];
    const idealGain = idealGains();
    return {
      name: 'ndcg',
      definition: `DCG with binary gains and 1 / log2(rank + 1), ideal over ${text} ranks, n held-out items`,
      value(user, k) {
        const gain = sumOverHits(user, k, discount);
        return gain === 0 ? 0 : gain / idealGain(ranks(k, user.relevant.length, user));
      },
    };
  },
};
