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
  const [, packageName] = /^((?:@[\w.~-]+\/)?[\w~-][\w.~-]*)(?:\/|$)/.exec(name) ?? [];
  if (packageName === undefined) return false;
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', packageName))) return true;
    if (at === dirname(at)) return false;
  }
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
