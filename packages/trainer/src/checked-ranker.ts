import { type FactorRanker, LosslabError, type Model, type Ranker, type ScoreRanker } from '@losslab/core';
import { brokenPart, guide, type Part } from './contract.ts';

interface Sizes {
  readonly userCount: number;
  readonly itemCount: number;
}

/**
 * What a model hands out for ranking, held to the contract; what it has to compute, at the first call.
 * @param sizes of the data
 * @throws LosslabError `bad-plugin` where it is no ranker of that data
 */
export function checkedRanker(model: Model, sizes: Sizes): Ranker {
  const part = partOf(model);
  const ranker = model.ranker() as Ranker | undefined;
  const check = (isKept: boolean, what: string, got: unknown): void => {
    if (!isKept) throw brokenPart(part, `ranker to return ${what}`, got, guide);
  };
  const kind = ranker?.kind;
  check(kind === 'factors' || kind === 'scores', 'a ranker of kind "factors" or "scores"', kind ?? ranker);
  for (const key of ['userCount', 'itemCount'] as const) {
    check(ranker![key] === sizes[key], `${key} ${sizes[key]}, as the data has`, ranker![key]);
  }
  check(typeof ranker!.dispose === 'function', 'a ranker with dispose as a function', ranker!.dispose);
  return ranker!.kind === 'factors' ? checkedFactors(ranker!, check) : checkedScorer(ranker!, model, check);
}

const partOf = ({ name }: Model): Part => ({ kind: 'model', name });

type Check = (isKept: boolean, what: string, got: unknown) => void;

function checkedFactors(ranker: FactorRanker, check: Check): FactorRanker {
  const { dimension } = ranker;
  check(Number.isInteger(dimension), 'dimension as a whole number', dimension);
  for (const [key, rows] of [
    ['users', ranker.userCount],
    ['items', ranker.itemCount],
  ] as const) {
    const values: unknown = ranker[key];
    const isKept = values instanceof Float32Array && values.length === rows * dimension;
    check(isKept, `${key} as a Float32Array of ${rows} × ${dimension}`, values);
  }
  return ranker;
}

/** The same ranker; into its first call goes NaN, so that what it has not written shows. */
function checkedScorer(ranker: ScoreRanker, model: Model, check: Check): ScoreRanker {
  const part = partOf(model);
  check(typeof ranker.score === 'function', 'a ranker with score as a function', ranker.score);
  let isChecked = false;
  const score: ScoreRanker['score'] = (users, out) => {
    if (isChecked) return ranker.score(users, out);
    out.fill(Number.NaN);
    const returned: unknown = ranker.score(users, out);
    if (returned instanceof Promise || (out.every(Number.isNaN) && !hasDiverged(model))) {
      const got = returned === undefined || returned === out ? Number.NaN : returned;
      throw brokenPart(part, 'score of the ranker to fill out with numbers', got, 'write each score into out, at once');
    }
    isChecked = true;
  };
  const pairs = (users: Int32Array, items: Int32Array): Float32Array => {
    const scores: unknown = ranker.pairs!(users, items);
    if (scores instanceof Float32Array && scores.length === users.length) return scores;
    throw brokenPart(part, `pairs of the ranker to return a Float32Array of ${users.length}`, scores, guide);
  };
  return {
    kind: 'scores',
    userCount: ranker.userCount,
    itemCount: ranker.itemCount,
    score,
    ...(ranker.pairs && { pairs }),
    dispose: () => ranker.dispose(),
  };
}

/** Of `not-finite` scores under sound parameters: whose they are; of another error: itself. */
export function scoringError(error: unknown, model: Model): unknown {
  const isOfScores = error instanceof LosslabError && error.code === 'not-finite' && error.where === 'ranker';
  if (!isOfScores || hasDiverged(model)) return error;
  return brokenPart(partOf(model), 'ranker to give scores that can be ranked', Number.NaN, guide, error);
}

/** Beyond this, products of parameters may overflow. */
const SOUND = 1e6;

/** Whether it is training that broke the model's scores. */
function hasDiverged(model: Model): boolean {
  const arrays = model.kind === 'fitted' ? model.arrays() : model.parameters.arrays();
  return Object.values(arrays).some(({ data }) => {
    for (let at = 0; at < data.length; at++) if (!(Math.abs(data[at]!) <= SOUND)) return true;
    return false;
  });
}
