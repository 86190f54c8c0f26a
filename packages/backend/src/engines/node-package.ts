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
