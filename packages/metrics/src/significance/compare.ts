import { expected } from '../errors.ts';
import type { Evaluation } from '../evaluate.ts';
import { pairsWithValues } from './pairs.ts';
import { type PairedTTest, pairedTTest } from './t-test.ts';
import { type WilcoxonTest, wilcoxon } from './wilcoxon.ts';

export interface Comparison {
  readonly first: number; // mean
  readonly second: number;
  readonly tTest: PairedTTest;
  readonly wilcoxon: WilcoxonTest;
}

/**
 * Compares two models on the same users, metric by metric, two-sided. Users are the pairs: this says whether the two trained
 * models differ for such users, not whether their losses would with other seeds; for that pair the means of seeds. Users without a
 * value in both are left out of that metric, and a metric that leaves one user or none is not compared.
 * @throws LosslabError `bad-data` where the users differ.
 */
export function compareEvaluations(first: Evaluation, second: Evaluation): Readonly<Record<string, Comparison>> {
  const { users } = first;
  if (users.length !== second.users.length || users.some((user, row) => user !== second.users[row])) {
    const got = `${users.length} and ${second.users.length} of which some differ`;
    throw expected('bad-data', 'evaluations of the same users', got, 'evaluate both on one test part', 'users');
  }
  const common = Object.keys(first.values).filter((name) => second.values[name] !== undefined);
  return Object.fromEntries(
    common.flatMap((name) => {
      const [a, b] = pairsWithValues(first.values[name]!, second.values[name]!);
      if (a.length < 2 && users.length > 1) return [];
      const means = { first: first.metrics[name]!, second: second.metrics[name]! };
      return [[name, { ...means, tTest: pairedTTest(a, b), wilcoxon: wilcoxon(a, b) }]];
    }),
  );
}
