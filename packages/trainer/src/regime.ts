import { type LossDefinition, LosslabError, unknownName } from '@losslab/core';
import { parseConfig, type RunConfigInput } from './config.ts';
import { findPlugin } from './plugins.ts';

type Tree = Readonly<Record<string, unknown>>;

/**
 * The configuration with what the named regime of its loss sets put in; itself where it names no regime.
 * @throws LosslabError `unknown-name` for a regime that the loss does not have, `bad-option` for a loss without any and for
 *   a setting that contradicts the regime.
 */
export function withRegime(config: RunConfigInput, losses: Readonly<Record<string, LossDefinition>>): RunConfigInput {
  const { regime, loss } = parseConfig(config);
  if (regime === undefined) return config;
  const regimes = loss && findPlugin('loss', loss.name, losses).regimes;
  if (regimes === undefined) {
    throw misfit('regime', 'a loss that has regimes', loss?.name ?? 'no loss', 'leave regime out');
  }
  if (!Object.hasOwn(regimes, regime)) throw unknownName('regime', regime, Object.keys(regimes), 'trainer');
  return joined(config, regimes[regime]!, '', `regime ${regime} of ${loss!.name}`);
}

/** `given` with what `fixed` has besides; a part's bare name becomes an object. */
function joined(given: Tree, fixed: Tree, prefix: string, regime: string): Tree {
  const added = Object.entries(fixed).map(([key, value]) => {
    const path = `${prefix}${key}`;
    const own = given[key];
    if (own === undefined) return [key, value];
    if (typeof value === 'object') {
      const options = typeof own === 'string' ? { name: own } : (own as Tree);
      return [key, joined(options, value as Tree, `${path}.`, regime)];
    }
    if (own === value) return [key, value];
    const [expected, got] = [value, own].map((one) => JSON.stringify(one));
    throw misfit(path, `${path} ${expected}, as ${regime} has it`, got!, 'leave it out, or regime');
  });
  return { ...given, ...Object.fromEntries(added) };
}

function misfit(where: string, expected: string, got: string, remedy: string): LosslabError {
  return new LosslabError('bad-option', `[trainer] expected ${expected}, got ${got}; ${remedy}`, { where });
}
