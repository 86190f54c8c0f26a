import { dataFacts, interactionsFromTable } from '@losslab/core';
import { debiasedCcl, debiasedInfoNce, debiasedMse, positivePriors } from '@losslab/loss-debiased';
import { expect, test } from 'vitest';

/** User u has `degrees[u]` of 10 items. */
function factsOf(degrees: readonly number[]) {
  const users = degrees.flatMap((degree, user) => Array.from({ length: degree }, () => user));
  const items = degrees.flatMap((degree) => Array.from({ length: degree }, (_, item) => item));
  const table = {
    userCount: degrees.length,
    itemCount: 10,
    users: Int32Array.from(users),
    items: Int32Array.from(items),
  };
  return dataFacts(interactionsFromTable(table));
}

test('top-k: (|I_u⁺| + K) / |I|', () => {
  const priors = positivePriors({ prior: 'top-k', K: 2, alpha: 7 }, factsOf([1, 4]), 'here');
  expect([...priors]).toEqual([Math.fround(0.3), Math.fround(0.6)]);
});

test('proportional: (1 + α) |I_u⁺| / |I|; a user without interactions has none and is in no batch', () => {
  const priors = positivePriors({ prior: 'proportional', K: 70, alpha: 0.5 }, factsOf([2, 4, 0]), 'here');
  expect([...priors]).toEqual([Math.fround(0.3), Math.fround(0.6), 0]);
});

test.each([debiasedCcl, debiasedMse, debiasedInfoNce])(
  '$name refuses a τ⁺ of 1 or more before the first step',
  (loss) => {
    const create = (given: object, degrees: number[]) => () =>
      loss.create(loss.options.parse(given) as never, factsOf(degrees));
    expect(create({ K: 6 }, [1, 4])).toThrow(
      `[loss ${loss.name}] expected τ_u⁺ in (0, 1) (eq. 5, top-k), got 1 for user 1, who has 4 of 10 items; lower K, or leave such users out`,
    );
    expect(create({ prior: 'proportional', alpha: 2 }, [4])).toThrow(/got 1\.2 for user 0.*lower alpha/);
  },
);

test('a user who has every item leaves nothing to debias, and no option helps', () => {
  expect(() => positivePriors({ prior: 'top-k', K: 0, alpha: 0 }, factsOf([3, 10]), 'loss debiased-mse')).toThrow(
    '[loss debiased-mse] expected τ_u⁺ in (0, 1) (eq. 5, top-k), got 1 for user 1, who has 10 of 10 items; leave such users out of the data',
  );
});
