import { builtin, type NodeEngine, packageFolder } from './node-package.ts';

/** Where a native addon is that one has built: its file, or the folder that it is in. */
export const ADDON_VARIABLES: Readonly<Record<NodeEngine, string>> = {
  tensorflow: 'LOSSLAB_TENSORFLOW',
  'tensorflow-gpu': 'LOSSLAB_TENSORFLOW_GPU',
};

export const ADDON = 'tfjs_binding.node';

export interface Addon {
  readonly file: string;
  readonly exists: boolean;
  /** The environment's variable that names it; undefined where it is the package's own. */
  readonly variable: string | undefined;
}

/** The engine's native addon: what the environment names, else what the package's installer has put there. */
export function addonOf(engine: NodeEngine): Addon | undefined {
  const variable = ADDON_VARIABLES[engine];
  const named = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env[variable];
  if (named) return namedAddon(named, variable);
  const folder = packageFolder(engine);
  const file = folder && ownAddon(folder);
  return file ? { file, exists: true, variable: undefined } : undefined;
}

function namedAddon(named: string, variable: string): Addon {
  const { existsSync, statSync } = builtin('fs')!;
  const { join, resolve } = builtin('path')!;
  const path = resolve(named);
  const file = existsSync(path) && statSync(path).isFile() ? path : join(path, ADDON);
  return { file, exists: existsSync(file), variable };
}

/** The package keeps one addon for each version of Node-API that it knows; its loader picks, so any of them will do here. */
function ownAddon(folder: string): string | undefined {
  const { existsSync, readdirSync } = builtin('fs')!;
  const { join } = builtin('path')!;
  const lib = join(folder, 'lib');
  if (!existsSync(lib)) return undefined;
  return readdirSync(lib)
    .map((name) => join(lib, name, ADDON))
    .find((file) => existsSync(file));
}
