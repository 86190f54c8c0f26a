import { type PairedTTest, pairedTTest, pairsWithValues, type WilcoxonTest, wilcoxon } from '@losslab/metrics';
import type { ComparedEntry, PerUserValues } from './compared.ts';

/** Paired tests of one metric between two entries under one protocol. Differences are second − first. */
export interface PairedTests {
  /** What the pairs are: the users of the test part, or the seeds that both have. */
  readonly over: 'users' | 'seeds';
  readonly metric: string;
  readonly protocol: string;
  readonly first: string; // label
  readonly second: string;
  /** Means over the pairs. */
  readonly means: readonly [first: number, second: number];
  readonly tTest: PairedTTest;
  readonly wilcoxon: WilcoxonTest;
}

type Pair = readonly [first: ComparedEntry, second: ComparedEntry];

/** Users as pairs; each user's value is the mean over the entry's seeds. */
export function testsOverUsers([first, second]: Pair, metrics: readonly string[]): PairedTests[] | string {
  const [a, b] = [meanPerUser(first), meanPerUser(second)];
  for (const [entry, values] of [
    [first, a],
    [second, b],
  ] as const) {
    if (values === undefined) return `${entry.label} has no metrics user by user, so nothing is tested over users`;
  }
  const users = [a!.users, b!.users] as const;
  if (users[0].length !== users[1].length || users[0].some((user, at) => user !== users[1][at])) {
    const counts = `${users[0].length} and ${users[1].length}`;
    return `${first.label} and ${second.label} were measured on other users (${counts}), so nothing is tested over users`;
  }
  const common = metrics.filter((name) => a!.values[name] !== undefined && b!.values[name] !== undefined);
  if (users[0].length < 2) return `one user alone, so nothing is tested over users`;
  const pairs = common.map((name) => ({ name, values: pairsWithValues(a!.values[name]!, b!.values[name]!) }));
  return pairs.flatMap(({ name, values }) =>
    values[0].length < 2 ? [] : [paired('users', name, [first, second], values)],
  );
}

/** Seeds as pairs: the test metrics of the seeds that both entries have. None where there are fewer than two. */
export function testsOverSeeds([first, second]: Pair, metrics: readonly string[]): PairedTests[] {
  const seeds = first.runs.map(({ result }) => result.seed);
  const common = seeds.filter((seed) => second.runs.some(({ result }) => result.seed === seed));
  if (common.length < 2) return [];
  const values = ({ runs }: ComparedEntry, name: string) =>
    Float64Array.from(common, (seed) => runs.find(({ result }) => result.seed === seed)!.result.metrics[name]!);
  return metrics.map((name) => paired('seeds', name, [first, second], [values(first, name), values(second, name)]));
}

function paired(
  over: PairedTests['over'],
  metric: string,
  [first, second]: Pair,
  [a, b]: readonly [Float64Array, Float64Array],
): PairedTests {
  return {
    over,
    metric,
    protocol: first.runs[0]!.result.protocol,
    first: first.label,
    second: second.label,
    means: [mean(a), mean(b)],
    tTest: pairedTTest(b, a),
    wilcoxon: wilcoxon(b, a),
  };
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Undefined where a seed's values are gone or its users differ. */
function meanPerUser({ runs }: ComparedEntry): PerUserValues | undefined {
  const all = runs.map(({ perUser }) => perUser);
  const [first] = all;
  const same = (one?: PerUserValues): boolean =>
    one?.users.length === first?.users.length && (one?.users.every((user, at) => user === first?.users[at]) ?? false);
  if (first === undefined || !all.every(same)) return undefined;
  const names = Object.keys(first.values).filter((name) => all.every((one) => one!.values[name] !== undefined));
  const means = names.map((name) => {
    const sum = Float64Array.from(first.users, (_, row) =>
      all.reduce((total, one) => total + one!.values[name]![row]!, 0),
    );
    return [name, sum.map((value) => value / all.length)] as const;
  });
  return { users: first.users, values: Object.fromEntries(means) };
}
