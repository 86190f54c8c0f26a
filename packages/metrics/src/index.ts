export {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  evaluateRankings,
  type MetricChoice,
  type RankedMetric,
} from './evaluate.ts';
export * from './labelled/auc.ts';
export * from './labelled/gauc.ts';
export * from './labelled/label-likelihood.ts';
export * from './labelled/labelled-mrr.ts';
export * from './labelled/labelled-ndcg.ts';
export { checkBothLabels } from './labelled/pairs.ts';
export { type EvaluateListsOptions, evaluateLists, type ListEvaluation } from './lists/evaluate-lists.ts';
export type { ListCounts } from './lists/rankings.ts';
export * from './metrics/aplt.ts';
export * from './metrics/coverage.ts';
export * from './metrics/f1.ts';
export * from './metrics/gini.ts';
export * from './metrics/group-ndcg.ts';
export * from './metrics/group-recall.ts';
export * from './metrics/hr.ts';
export * from './metrics/likelihood.ts';
export * from './metrics/map.ts';
export * from './metrics/mrr.ts';
export * from './metrics/ndcg.ts';
export * from './metrics/precision.ts';
export * from './metrics/recall.ts';
export { popularityGroups } from './popularity/groups.ts';
export { rankedUser } from './ranking/hits.ts';
export { type Mask, unionOf } from './ranking/mask.ts';
export { type Rankings, type RankOptions, rankAll } from './ranking/rank.ts';
export { type TopItems, type UserRanking, type UserRankingOptions, userRanking } from './ranking/user-ranking.ts';
export * from './registry.ts';
export * from './significance/compare.ts';
export { type Alternative, pairsWithValues } from './significance/pairs.ts';
export * from './significance/t-test.ts';
export * from './significance/wilcoxon.ts';
