import type { Addon } from './addon.ts';
import { builtin, type NodeEngine, packageFolder, requireHere } from './node-package.ts';

/**
 * Puts back what Node 23 took out of `util` and tfjs-node 4.22.0 calls on its first op (tensorflow/tfjs#8609, mended
 * upstream and never released).
 */
export function mendUtil(util: Record<string, unknown>): void {
  util.isNullOrUndefined ??= (x: unknown): boolean => x === null || x === undefined;
  util.isArray ??= Array.isArray;
}

/** Makes the engine's package, which asks node-pre-gyp where its addon is, take the one that the environment names. */
function redirect(folder: string, file: string): void {
  const { dirname, join, resolve } = builtin('path')!;
  const requireThere = builtin('module')!.createRequire(join(folder, 'package.json'));
  const places = requireThere('@mapbox/node-pre-gyp/lib/pre-binding.js');
  const stock = places.find;
  places.find = (manifest: string, ...rest: unknown[]): string =>
    dirname(resolve(manifest)) === resolve(folder) ? file : stock(manifest, ...rest);
}

/** What has to be done before the engine's package is loaded. */
export function prepareNode(engine: NodeEngine, addon: Addon): void {
  mendUtil(requireHere()!('node:util'));
  if (addon.variable !== undefined) redirect(packageFolder(engine)!, addon.file);
}
