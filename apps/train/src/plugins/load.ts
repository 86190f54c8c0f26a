import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { LosslabError } from '@losslab/core';
import type { Plugins } from '@losslab/trainer';
import { checkDefinition, type PluginKind } from './contract.ts';
import { importFrom } from './import-from.ts';

const groups = { loss: 'losses', model: 'models', sampler: 'samplers', metric: 'metrics', step: 'steps' } as const;

/** Whether a name is that of a file (`./my-loss.ts`) or a package with a scope (`@someone/loss`), not a registry's. */
export function isReference(name: string): boolean {
  return /[\\/]|\.[cm]?[jt]s(#|$)/.test(name);
}

export interface WithPlugin {
  /** The registry and the plugin. */
  readonly plugins: Plugins;
  /** What the plugin calls itself. */
  readonly name: string;
}

/**
 * Loads a definition from a file or an installed package and adds it to a registry. Of a module that defines several,
 * `module#name` takes one.
 * @param folder what relative paths and packages are looked up from
 * @throws LosslabError `missing-data` where there is no such module, `bad-plugin` where it cannot be loaded, defines nothing
 *   of that kind, breaks the contract, or has a name that is taken.
 */
export async function loadPlugin(
  plugins: Plugins,
  kind: PluginKind,
  reference: string,
  folder: string = process.cwd(),
): Promise<WithPlugin> {
  const [module, chosen] = reference.split('#') as [string, string?];
  const exports = await importModule(module, kind, folder);
  const found = choose(definitionsOf(exports, kind), chosen, kind, reference, Object.keys(exports));
  const checked = checkDefinition(found, reference);
  const group: Readonly<Record<string, unknown>> = plugins[groups[kind]] ?? {};
  if (Object.hasOwn(group, checked.name)) {
    throw broken(kind, reference, `a name of its own, got "${checked.name}", which is taken; rename it`);
  }
  return { plugins: { ...plugins, [groups[kind]]: { ...group, [checked.name]: checked } }, name: checked.name };
}

async function importModule(module: string, kind: PluginKind, folder: string): Promise<Record<string, unknown>> {
  const isPath = !module.startsWith('@');
  const path = resolve(folder, module);
  if (isPath && !existsSync(path)) {
    throw new LosslabError('missing-data', `[losslab] expected a file at ${path}, got none; check the path`, {
      where: `--${kind} ${module}`,
    });
  }
  try {
    return await importFrom(isPath ? path : module, folder);
  } catch (cause) {
    throw notLoaded(module, kind, cause);
  }
}

function notLoaded(module: string, kind: PluginKind, cause: unknown): LosslabError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const isMissing = code === 'ERR_MODULE_NOT_FOUND' && message.includes(`'${module}'`);
  const [got, remedy] = isMissing
    ? ['no such package here', `npm install ${module}`]
    : [String(cause), 'mend it, or install what it imports'];
  const where = `--${kind} ${module}`;
  return new LosslabError('bad-plugin', `[losslab] expected a module that can be loaded, got ${got}; ${remedy}`, {
    where,
    cause,
  });
}

interface Found {
  readonly kind: PluginKind;
  readonly name: string;
  create(...args: readonly unknown[]): unknown;
}

/** The definitions among a module's exports, by identity, the default export first. */
function definitionsOf(exports: Record<string, unknown>, kind: PluginKind): Found[] {
  const values = new Set([exports.default, ...Object.values(exports)]);
  return [...values].filter((value): value is Found => (value as Found | undefined)?.kind === kind);
}

function choose(
  found: readonly Found[],
  chosen: string | undefined,
  kind: PluginKind,
  reference: string,
  exported: readonly string[],
): Found {
  const names = found.map(({ name }) => name).join(', ');
  if (found.length === 0) {
    const got = exported.length > 0 ? `exports ${exported.join(', ')}` : 'no exports';
    throw broken(kind, reference, `a definition with kind: '${kind}', got ${got}; export one, by default or by name`);
  }
  if (chosen === undefined && found.length === 1) return found[0]!;
  if (chosen === undefined) {
    throw broken(kind, reference, `one ${kind}, got ${names}; choose one: ${reference}#${found[0]!.name}`);
  }
  const named = found.find(({ name }) => name === chosen);
  if (named === undefined)
    throw broken(kind, reference, `a ${kind} named "${chosen}", got ${names}; choose one of these`);
  return named;
}

function broken(kind: PluginKind, reference: string, text: string): LosslabError {
  return new LosslabError('bad-plugin', `[losslab] expected ${text}`, { where: `--${kind} ${reference}` });
}
