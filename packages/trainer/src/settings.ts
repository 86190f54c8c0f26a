import { LosslabError } from '@losslab/core';
import { type RunConfigInput, runSchema, unknownKey } from './config.ts';

type Tree = Record<string, unknown>;

/**
 * A copy of `config` with dotted settings applied: `loss.tau1=0.1`, `epochs=5`, `at=[10,20]`. Values are JSON where they
 * parse as JSON and strings otherwise. A part given by its bare name becomes an object: `'bsl'` with `tau1=0.1` is
 * `{ name: 'bsl', tau1: 0.1 }`.
 * @throws LosslabError `bad-option` for a setting without `=`, `unknown-name` for a first key that no run has.
 */
export function applySettings(config: RunConfigInput, settings: readonly string[]): RunConfigInput {
  const copy = structuredClone(config) as Tree;
  for (const setting of settings) applySetting(copy, setting);
  return copy as RunConfigInput;
}

function applySetting(config: Tree, setting: string): void {
  const equals = setting.indexOf('=');
  const path = setting.slice(0, Math.max(0, equals)).trim().split('.');
  if (equals < 0 || path.some((key) => key === '' || key === '__proto__')) {
    throw new LosslabError('bad-option', `[trainer] expected key=value, got "${setting}"; write --set loss.tau1=0.1`, {
      where: 'set',
    });
  }
  if (!Object.hasOwn(runSchema.shape, path[0]!)) throw unknownKey(path[0]!);
  let at = config;
  for (const key of path.slice(0, -1)) at = branch(at, key, setting);
  at[path.at(-1)!] = parsed(setting.slice(equals + 1));
}

function branch(at: Tree, key: string, setting: string): Tree {
  const value = at[key] ?? {};
  if (typeof value === 'string') at[key] = { name: value };
  else if (typeof value === 'object') at[key] = value;
  else throw new LosslabError('bad-option', `[trainer] expected ${key} to have options, got ${value} in "${setting}"`);
  return at[key] as Tree;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
