import { LosslabError, nearestName } from '@losslab/core';
import { formatTextTable, type Table } from '@losslab/report';
import { type Recommended, type Recommender, recommenderOf } from '@losslab/trainer';
import { makeOutput } from '../cli/output.ts';
import { registry } from '../registry.ts';
import { openRun } from '../run/open-run.ts';
import type { RecommendFlags } from './recommend.ts';

interface Recommendation {
  readonly user: string;
  readonly items: readonly Recommended[];
}

/** `losslab recommend`. */
export async function recommendCommand(flags: RecommendFlags): Promise<number> {
  const output = makeOutput(flags.json);
  const recommender = recommenderOf(await openRun(flags.run, registry, flags.model));
  try {
    for (const user of flags.user) checkUser(user, recommender);
    const lists = flags.user.map((user) => ({ user, items: recommender.recommend(user, flags.k) }));
    output.print(lists.map(listText).join('\n\n'));
    await output.writeJson(lists);
    return 0;
  } finally {
    recommender.dispose();
  }
}

function checkUser(id: string, { has, run }: Recommender): void {
  if (has(id)) return;
  const near = nearestName(id, run.ids.users);
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
