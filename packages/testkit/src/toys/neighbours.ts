import { type Interactions, itemsOf, LosslabError, type ModelDefinition } from '@losslab/core';
import * as z from 'zod';

const options = z.strictObject({});

/** [items, items]: how many users have both, 0 on the diagonal. */
function countTogether(data: Interactions): Float32Array {
  const together = new Float32Array(data.itemCount ** 2);
  for (let u = 0; u < data.userCount; u++) {
    const items = itemsOf(data, u);
    for (const i of items) for (const j of items) if (i !== j) together[i * data.itemCount + j]! += 1;
  }
  return together;
}

/** s(u,i) = Σ_j |{ users of i and j }| over u's items j: fitted, personalised, and ranked by a function. */
export const toyNeighbours: ModelDefinition<z.output<typeof options>> = {
  kind: 'model',
  name: 'toy-neighbours',
  fitted: true,
  summary: 'Items that go together with what a user has, for tests.',
  source: 'losslab testkit',
  options,
  create(_, { train }) {
    const { userCount, itemCount } = train;
    let together: Float32Array = new Float32Array(itemCount ** 2);
    return {
      kind: 'fitted',
      name: 'toy-neighbours',
      async fit(data, signal) {
        if (!signal?.aborted) together = countTogether(data);
      },
      ranker() {
        const counts = together.slice();
        return {
          kind: 'scores',
          userCount,
          itemCount,
          score(users, out) {
            users.forEach((user, row) => {
              const scores = out.subarray(row * itemCount, (row + 1) * itemCount).fill(0);
              for (const j of itemsOf(train, user)) {
                for (let i = 0; i < itemCount; i++) scores[i]! += counts[j * itemCount + i]!;
              }
            });
          },
          dispose: () => {},
        };
      },
      arrays: () => ({ together: { shape: [itemCount, itemCount], data: together.slice() } }),
      load({ together: saved }) {
        if (saved?.data.length !== itemCount ** 2) {
          const got = saved ? saved.data.length : 'nothing';
          throw new LosslabError('bad-run', `[testkit] expected ${itemCount ** 2} counts, got ${got}; load your own`);
        }
        together = Float32Array.from(saved.data);
      },
    };
  },
};
