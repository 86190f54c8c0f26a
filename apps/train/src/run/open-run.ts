import { useEngine } from '@losslab/backend';
import { LosslabError, type Ranker } from '@losslab/core';
import { type LoadedRun, loadRun, type Plugins } from '@losslab/trainer';
import { withReference } from '../plugins/contract.ts';
import { isPlugin, loadPlugin, type WithPlugin } from '../plugins/load.ts';

type Opened = Pick<WithPlugin, 'plugins'> & Partial<WithPlugin>;

/**
 * Opens a run folder for ranking.
 * @param model file or package that defines the run's model, where the registry does not
 * @throws LosslabError `bad-run` where the folder is no run or a file of it is cut short, `unknown-name` for its model.
 */
export async function openRun(folder: string, registry: Plugins, model?: string): Promise<LoadedRun> {
  const { plugins, name }: Opened = model === undefined ? { plugins: registry } : await withModel(registry, model);
  await useEngine('simd'); // works everywhere, and ranking runs on its kernels anyway
  const told = (error: unknown): unknown =>
    withReference(error, name === undefined ? [] : [{ kind: 'model', reference: model!, name }]);
  const run = await loadRun(folder, plugins).catch((error) => {
    throw told(error);
  });
  return { ...run, ranker: toldRanker(run.ranker, told) };
}

/** The same ranker; what its model breaks of the contract when it scores is told with the model's file. */
function toldRanker(ranker: Ranker, told: (error: unknown) => unknown): Ranker {
  if (ranker.kind === 'factors') return ranker;
  const { score, pairs } = ranker;
  const telling =
    <Args extends unknown[], Result>(call: (...args: Args) => Result) =>
    (...args: Args): Result => {
      try {
        return call(...args);
      } catch (error) {
        throw told(error);
      }
    };
  return { ...ranker, score: telling(score), ...(pairs && { pairs: telling(pairs) }) };
}

async function withModel(registry: Plugins, model: string): Promise<WithPlugin> {
  if (isPlugin(model, 'model', registry)) return loadPlugin(registry, 'model', model);
  throw new LosslabError('bad-option', `[losslab] expected a file or a package, got "${model}"; leave it out`, {
    where: '--model',
  });
}
