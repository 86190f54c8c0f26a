import { existsSync, statSync } from 'node:fs';
import { LosslabError } from '@losslab/core';
import type { Plugins } from '@losslab/trainer';
import { broken, checkDefinition, type PluginKind } from './contract.ts';
import { importFrom } from './import-from.ts';
import { flagOf, isInstalled, isReference, type Reference, readReference } from './reference.ts';

export const groups = {
  loss: 'losses',
  model: 'models',
  sampler: 'samplers',
  metric: 'metrics',
  step: 'steps',
} as const;

/** Whether a name is not the registry's but that of a file or an installed package. */
export function isPlugin(name: string, kind: PluginKind, plugins: Plugins, folder = process.cwd()): boolean {
  if (isReference(name)) return true;
  return !Object.hasOwn(plugins[groups[kind]] ?? {}, name) && isInstalled(name, folder);
}

export interface WithPlugin {
  /** The registry and the plugin. */
  readonly plugins: Plugins;
  /** What the plugin calls itself. */
  readonly name: string;
}

/** Where plug-ins came from, to say who has a name already. */
const origins = new WeakMap<object, string>();

/**
 * Loads a definition from a file or an installed package and adds it to a registry. Of a module that defines several,
 * `module#name` takes one.
 * @param folder what relative paths and packages are looked up from
 * @throws LosslabError `missing-data` where there is no such file, `bad-plugin` where it cannot be loaded, defines nothing
 *   of that kind, breaks the contract, or has a name that is taken.
 */
export async function loadPlugin(
  plugins: Plugins,
  kind: PluginKind,
  reference: string,
  folder: string = process.cwd(),
): Promise<WithPlugin> {
  const parts = readReference(reference, folder);
  const exports = await importModule(parts, kind, folder);
  const found = choose(definitionsOf(exports, kind), parts.chosen, kind, reference, Object.keys(exports));
  const checked = checkDefinition(found, { reference, folder });
  const group: Readonly<Record<string, object>> = plugins[groups[kind]] ?? {};
  if (Object.hasOwn(group, checked.name)) {
    const owner = origins.get(group[checked.name]!) ?? 'losslab';
    throw broken(kind, reference, `a name of its own, got "${checked.name}", which ${owner} has; rename it`);
  }
  origins.set(checked, reference);
  return { plugins: { ...plugins, [groups[kind]]: { ...group, [checked.name]: checked } }, name: checked.name };
}

/** The references to all definitions in a module, by kind: `./mine.ts#my-loss`. */
export async function referencesIn(reference: string, folder: string = process.cwd()): Promise<[PluginKind, string][]> {
  const parts = readReference(reference, folder);
  const exports = await importModule(parts, undefined, folder);
  const found = (Object.keys(groups) as PluginKind[]).flatMap((kind) =>
    definitionsOf(exports, kind).map(({ name }): [PluginKind, string] => [kind, `${parts.module}#${name}`]),
  );
  if (found.length > 0) return found;
  const got = exported(Object.keys(exports));
  const text = `[losslab] expected definitions with kind: 'loss', 'model', 'sampler', 'metric' or 'step', got ${got}; export one`;
  throw new LosslabError('bad-plugin', text, { where: reference });
}

async function importModule(
  { module, path }: Reference,
  kind: PluginKind | undefined,
  folder: string,
): Promise<Record<string, unknown>> {
  const where = kind === undefined ? module : `${flagOf(kind)} ${module}`;
  if (path !== undefined) checkFile(path, where);
  try {
    return await importFrom(path ?? module, folder);
  } catch (cause) {
    throw notLoaded(module, where, cause);
  }
}

function checkFile(path: string, where: string): void {
  if (!existsSync(path)) {
    throw new LosslabError('missing-data', `[losslab] expected a file at ${path}, got none; check the path`, { where });
  }
  if (!statSync(path).isDirectory()) return;
  const text = `[losslab] expected a file at ${path}, got a folder; name the file in it`;
  throw new LosslabError('missing-data', text, { where });
}

function notLoaded(module: string, where: string, cause: unknown): LosslabError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const isMissing = code === 'ERR_MODULE_NOT_FOUND' && message.includes(`'${module}'`);
  const [got, remedy] = isMissing
    ? ['no such package here', `npm install ${module}`]
    : [String(cause), 'mend it, or install what it imports'];
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
  return [...values].filter((value): value is Found => (value as Found | null | undefined)?.kind === kind);
}

const exported = (names: readonly string[]): string =>
  names.length > 0 ? `exports ${names.join(', ')}` : 'no exports';

function choose(
  found: readonly Found[],
  chosen: string | undefined,
  kind: PluginKind,
  reference: string,
  exports: readonly string[],
): Found {
  const names = found.map(({ name }) => name).join(', ');
  if (found.length === 0) {
    const got = exported(exports);
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
