import { LosslabError } from '@losslab/core';
import { userRanking } from '@losslab/metrics';
import { type LoadedRun, loadRun } from './load-run.ts';
import type { Plugins } from './plugins.ts';

export interface Recommended {
  /** External id. */
  readonly item: string;
  readonly score: number;
}

export interface RecommenderOptions {
  /**
   * Items of a user that are not recommended: `seen`, those of the training and the validation part; `known`, of the test part
   * too, as a service wants it; or `none`.
   */
  readonly leaveOut?: 'seen' | 'known' | 'none';
}

/** Answers by external ids, from a run folder alone. */
export interface Recommender {
  /** The run it was opened from. */
  readonly run: LoadedRun;
  /** Whether the run knows a user of this id. */
  has(user: string): boolean;
  /**
   * The k best items of a user, best first, ties by the smaller number; fewer where fewer are left.
   * @throws LosslabError `unknown-name` for a user that the run does not know, `bad-option` where k is no whole number in
   *   [1, items].
   */
  recommend(user: string, k?: number): Recommended[];
  /** Frees this and the run. */
  dispose(): void;
}

/**
 * Loads a run to recommend from, on the active engine. Its data may be gone: ids and seen items are in the folder.
 * @throws LosslabError as `loadRun` does
 */
export async function openRecommender(
  dir: string,
  plugins: Pick<Plugins, 'models'>,
  options: RecommenderOptions = {},
): Promise<Recommender> {
  return recommenderOf(await loadRun(dir, plugins), options);
}

/** Recommends from a loaded run; the mask and the ids' index are made once. */
export function recommenderOf(run: LoadedRun, { leaveOut = 'seen' }: RecommenderOptions = {}): Recommender {
  const { ids, ranker, train, valid, test } = run;
  const seen = valid === undefined ? [train] : [train, valid];
  const mask = { none: [], seen, known: [...seen, test] }[leaveOut];
  const ranking = userRanking({ ranker, mask });
  const numbers = new Map(ids.users.map((id, number) => [id, number]));
  return {
    run,
    has: (user) => numbers.has(user),
    recommend(user, k = 10) {
      const number = numbers.get(user);
      if (number === undefined) throw unknownUser(user);
      const { items, scores } = ranking.top(number, k);
      return Array.from(items, (item, rank) => ({ item: ids.items[item]!, score: scores[rank]! }));
    },
    dispose() {
      ranking.dispose();
      run.dispose();
    },
  };
}

function unknownUser(user: string): LosslabError {
  const message = `[trainer] expected a user of the training data, got "${user}"; give an id from the data`;
  return new LosslabError('unknown-name', message, { where: 'user' });
}
