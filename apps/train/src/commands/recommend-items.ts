import { type Interactions, LosslabError, nearestName } from '@losslab/core';
import { rankAll } from '@losslab/metrics';
import { formatTextTable, type Table } from '@losslab/report';
import type { LoadedRun } from '@losslab/trainer';
import { makeOutput } from '../cli/output.ts';
import { registry } from '../registry.ts';
import { openRun } from '../run/open-run.ts';
import type { RecommendFlags } from './recommend.ts';

interface Recommendation {
  readonly user: string;
  readonly items: readonly { readonly item: string; readonly score: number }[];
}

/** `losslab recommend`. */
export async function recommendCommand(flags: RecommendFlags): Promise<number> {
  const output = makeOutput(flags.json);
  const run = await openRun(flags.run, registry, flags.model);
  try {
    const lists = recommend(run, flags.user, flags.k);
    output.print(lists.map(listText).join('\n\n'));
    await output.writeJson(lists);
    return 0;
  } finally {
    run.dispose();
  }
}

/** The k best items of users by their external ids; items of the training and validation parts are left out. */
function recommend(run: LoadedRun, ids: readonly string[], k: number): Recommendation[] {
  const numbers = new Map(run.ids.users.map((id, number) => [id, number]));
  const users = Int32Array.from(ids, (id) => numberOf(id, numbers));
  const mask = run.valid === undefined ? [run.train] : [run.train, run.valid];
  const asked = Int32Array.from(new Set(users)).sort();
  const rankings = rankAll({ ranker: run.ranker, mask, test: everyone(run.train), k, users: asked });
  return ids.map((user, at) => {
    const start = rankings.users.indexOf(users[at]!) * k;
    const items = [...rankings.items.subarray(start, start + k)].filter((item) => item >= 0);
    return {
      user,
      items: items.map((item, rank) => ({ item: run.ids.items[item]!, score: rankings.scores[start + rank]! })),
    };
  });
}

/** A part in which nobody is without items: rankings leave such users out. */
function everyone({ userCount, itemCount }: Interactions): Interactions {
  const indptr = Int32Array.from({ length: userCount + 1 }, (_, user) => user);
  return { userCount, itemCount, indptr, indices: new Int32Array(userCount) };
}

function numberOf(id: string, numbers: ReadonlyMap<string, number>): number {
  const number = numbers.get(id);
  if (number !== undefined) return number;
  const near = nearestName(id, numbers.keys());
  const remedy = near === undefined ? 'give an id from the data' : `did you mean "${near}"?`;
  throw new LosslabError('unknown-name', `[losslab] expected a user of the training data, got "${id}"; ${remedy}`, {
    where: '--user',
  });
}

function listText({ user, items }: Recommendation): string {
  const table: Table = {
    columns: [{ heading: `user ${user}` }, { heading: 'item', align: 'right' }, { heading: 'score', align: 'right' }],
    rows: items.map(({ item, score }, rank) => [`${rank + 1}`, item, score.toFixed(4)]),
  };
  return formatTextTable(table);
}
