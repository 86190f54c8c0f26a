import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { PluginKind } from './contract.ts';

/** Where a plug-in comes from: `./my-loss.ts#second`. */
export interface Reference {
  /** As it was written, without what follows #. */
  readonly module: string;
  /** Which of several definitions. */
  readonly chosen: string | undefined;
  /** The file's absolute path; absent for a package. */
  readonly path?: string;
}

/** Whether a name is that of a file (`./my-loss.ts`) or a package with a scope (`@someone/loss`), not a registry's. */
export function isReference(name: string): boolean {
  return /[\\/]|\.[cm]?[jt]s(#|$)/.test(name);
}

/** Whether a package of that name is installed for the modules of a folder: `my-loss`, `my-loss/more`, `@someone/loss`. */
export function isInstalled(name: string, folder: string): boolean {
  return installed(name, folder) !== undefined;
}

/** A plug-in's file or its package's folder, and what people call it. */
export interface Source {
  readonly name: string;
  readonly path: string;
}

function installed(module: string, folder: string): Source | undefined {
  const [, name] = /^((?:@[\w.~-]+\/)?[\w~-][\w.~-]*)(?:\/|$)/.exec(module) ?? [];
  if (name === undefined) return undefined;
  for (let at = resolve(folder); ; at = dirname(at)) {
    const path = join(at, 'node_modules', name);
    if (existsSync(path)) return { name, path };
    if (at === dirname(at)) return undefined;
  }
}

/** Where a reference's code lies; nothing where that cannot be told. */
export function sourceOf(reference: string, folder: string): Source | undefined {
  const { module, path } = readReference(reference, folder);
  return path === undefined ? installed(module, folder) : { name: module, path };
}

/** @param folder what relative paths and packages are looked up from */
export function readReference(reference: string, folder: string): Reference {
  const [module, chosen] = reference.split('#') as [string, string?];
  const isPath = !module.startsWith('@') && (/^\.|^[\\/]|^[a-z]:/i.test(module) || !isInstalled(module, folder));
  return { module, chosen, ...(isPath && { path: resolve(folder, module) }) };
}

/** The flag that takes plug-ins of a kind. */
export function flagOf(kind: PluginKind): string {
  return kind === 'metric' ? '--metrics' : `--${kind}`;
}
