import { useEngine } from '@losslab/backend';
import { LosslabError } from '@losslab/core';
import { type LoadedRun, loadRun, type Plugins } from '@losslab/trainer';
import { isPlugin, loadPlugin } from '../plugins/load.ts';

/**
 * Opens a run folder for ranking.
 * @param model file or package that defines the run's model, where the registry does not
 * @throws LosslabError `bad-run` where the folder is no run or a file of it is cut short, `unknown-name` for its model.
 */
export async function openRun(folder: string, registry: Plugins, model?: string): Promise<LoadedRun> {
  const plugins = model === undefined ? registry : await withModel(registry, model);
  await useEngine('simd'); // works everywhere, and ranking runs on its kernels anyway
  return loadRun(folder, plugins);
}

async function withModel(registry: Plugins, model: string): Promise<Plugins> {
  if (isPlugin(model, 'model', registry)) return (await loadPlugin(registry, 'model', model)).plugins;
  throw new LosslabError('bad-option', `[losslab] expected a file or a package, got "${model}"; leave it out`, {
    where: '--model',
  });
}
