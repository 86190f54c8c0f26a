import { type DataFacts, dataFacts, type Interactions, type InteractionTable, type Metric } from '@losslab/core';
import { expected } from '../errors.ts';
import { chosenMetrics, type Evaluation, evaluateRankings, type MetricChoice, type RankedMetric } from '../evaluate.ts';
import { type MetricDefinitions, metrics as ours, usualMetrics } from '../registry.ts';
import { type ListCounts, rankLists } from './rankings.ts';

export interface EvaluateListsOptions {
  /**
   * Recommendations, a row a user and an item; `ratings` are scores, more is better. Numbered as `test` is: users and items that it
   * does not have are numbered after its own, as `readTable(path, { ids })` does.
   */
  readonly lists: InteractionTable;
  /** The part whose items should be found. */
  readonly test: Interactions;
  /** Items of this part are taken out of its users' lists, as they are from a full ranking. Metrics by popularity need it. */
  readonly train?: Interactions | undefined;
  /** Taken out, too. */
  readonly valid?: Interactions | undefined;
  /** Cut-offs k; a list may be shorter. Default: 5, 10, 20. */
  readonly at?: readonly number[];
  /** Metrics of rankings. Default: those of accuracy, `usualMetrics`. */
  readonly metrics?: readonly MetricChoice[];
  /** What names mean. Default: the metrics of this package. */
  readonly known?: MetricDefinitions;
}

export interface ListEvaluation extends Evaluation {
  readonly lists: ListCounts;
}

/**
 * Measures somebody else's recommendations. The best score comes first; of equal scores, and without scores, the row that comes
 * first. A user with test items but no list counts as an empty one; users without test items are left out of the means.
 * @throws LosslabError `bad-option` for a cut-off that is no whole number or a metric that needs scores of all items,
 *   `unknown-name` for a metric, `missing-data` for a metric by popularity without `train`, `bad-data` where no user has test items
 *   or parts differ in size, `not-finite` where a score is NaN.
 */
export function evaluateLists(options: EvaluateListsOptions): ListEvaluation {
  const { lists, test, train, valid, at = [5, 10, 20], metrics = usualMetrics, known = ours } = options;
  for (const k of at) {
    if (!Number.isInteger(k) || k < 1) throw expected('bad-option', 'k >= 1', String(k), 'pass a whole number', 'k');
  }
  if (at.length === 0) throw expected('bad-option', 'a cut-off', 'none', 'pass at: [20]', 'at');
  const mask = [train, valid].filter((part) => part !== undefined);
  checkSizes(test, mask);
  const chosen = chosenMetrics(metrics, factsOf(options), known).map(ofRankings);
  const { rankings, counts } = rankLists(lists, test, { k: Math.max(...at), mask });
  if (rankings.users.length === 0) {
    throw expected('bad-data', 'a user with test items', 'none', 'evaluate on a part that is not empty', 'test');
  }
  return { ...evaluateRankings(rankings, { at, metrics: chosen }), lists: counts };
}

function checkSizes(test: Interactions, mask: readonly Interactions[]): void {
  const sizes = ({ userCount, itemCount }: Interactions) => `${userCount} users and ${itemCount} items`;
  const odd = mask.find((part) => sizes(part) !== sizes(test));
  if (odd === undefined) return;
  throw expected(
    'bad-data',
    `parts of ${sizes(test)}, as test has`,
    sizes(odd),
    'read them with one numbering',
    'train',
  );
}

/** Of the training part, with the unknown items of the lists as items that nobody has. */
function factsOf({ lists, test, train }: EvaluateListsOptions): DataFacts {
  const itemCount = Math.max(test.itemCount, lists.itemCount);
  if (train !== undefined) return dataFacts({ ...train, itemCount });
  const none = () => {
    throw expected('missing-data', 'the training part for metrics by popularity', 'none', 'pass train', 'train');
  };
  return {
    userCount: test.userCount,
    itemCount,
    interactionCount: 0,
    get userDegrees(): Int32Array {
      return none();
    },
    get itemDegrees(): Int32Array {
      return none();
    },
  };
}

function ofRankings(metric: Metric): RankedMetric {
  if (!('kind' in metric) || metric.kind === 'catalogue') return metric;
  const got = `${metric.name}, which needs ${metric.kind === 'scores' ? 'the scores of all items' : 'labelled pairs'}`;
  throw expected('bad-option', 'metrics of rankings', got, 'leave it out', 'metrics');
}
