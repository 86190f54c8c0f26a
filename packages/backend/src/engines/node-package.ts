import { PACKAGES } from './names.ts';

/** The two packages around libtensorflow. Both register the tfjs backend `tensorflow`. */
export type NodeEngine = 'tensorflow' | 'tensorflow-gpu';

interface Builtins {
  module: typeof import('node:module');
  fs: typeof import('node:fs');
  path: typeof import('node:path');
  child_process: typeof import('node:child_process');
}

/** A built-in module of Node; undefined in other hosts. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  const host = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  return host?.getBuiltinModule?.(`node:${name}`) as Builtins[Name] | undefined;
}

/** CommonJS's `require`, as this package would call it. */
export function requireHere(): NodeJS.Require | undefined {
  return builtin('module')?.createRequire(import.meta.url);
}

/** The folder of the engine's package; undefined where it is not installed. */
export function packageFolder(engine: NodeEngine): string | undefined {
  try {
    const manifest = requireHere()?.resolve(`${PACKAGES[engine]}/package.json`);
    return manifest && builtin('path')!.dirname(manifest);
  } catch {
    return undefined;
  }
}

/** Whether the package's native addon has been fetched or built: its installer needs the network. */
export function hasAddon(folder: string): boolean {
  const { existsSync, readdirSync } = builtin('fs')!;
  const lib = builtin('path')!.join(folder, 'lib');
  if (!existsSync(lib)) return false;
  return readdirSync(lib).some((name) => existsSync(builtin('path')!.join(lib, name, 'tfjs_binding.node')));
}

/** Why the engine cannot be loaded, and what to do; undefined where nothing is known to be missing. */
export function whatIsMissing(engine: NodeEngine): string | undefined {
  const name = PACKAGES[engine]!;
  const folder = packageFolder(engine);
  if (folder === undefined) return `package ${name} is not installed; npm install ${name}`;
  if (hasAddon(folder)) return undefined;
  return `package ${name} is installed, but its native addon is not; npm rebuild ${name} (downloads it)`;
}

/**
 * Puts back what Node 23 took out of `util` and tfjs-node 4.22.0 calls on its first op (tensorflow/tfjs#8609, mended
 * upstream and never released).
 */
export function mendUtil(util: Record<string, unknown>): void {
  util.isNullOrUndefined ??= (x: unknown): boolean => x === null || x === undefined;
  util.isArray ??= Array.isArray;
}
