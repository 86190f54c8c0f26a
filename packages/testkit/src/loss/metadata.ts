import { knownKeys, parseOptions } from '@losslab/core';
import { ensure, ensureRefused } from '../assert.ts';
import type { Check } from '../check.ts';
import type { LossSubject } from './contract.ts';

export function metadataChecks({ definition, contract, make }: LossSubject): Check[] {
  const { name, options: schema } = definition;
  const parse = (given: unknown): unknown => parseOptions(schema, given, `loss ${name}`);
  return [
    {
      name: 'has a name, a summary of one line and a source',
      run() {
        const { kind, summary, source } = definition;
        ensure(kind === 'loss', 'kind loss', () => kind);
        ensure(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name), 'a name like my-loss', () => name);
        ensure(make().name === name, `a loss named ${name}, as its definition`, () => make().name);
        ensure(/^\S[^\n]{9,}$/.test(summary), 'a summary of one line', () => `"${summary}"`);
        ensure(source.trim().length > 0, 'a source: paper and equation', () => `"${source}"`);
      },
    },
    {
      name: 'needs column counts that can be',
      run() {
        for (const [what, range] of Object.entries({ M: make().needs.positives, N: make().needs.negatives })) {
          const { least, usual, most = Number.POSITIVE_INFINITY } = range;
          const isOrdered = 0 <= least && least <= usual && usual <= most;
          const isWhole = Number.isInteger(least) && Number.isInteger(usual);
          ensure(isOrdered && isWhole, `whole ${what}: 0 ≤ least ≤ usual ≤ most`, () => JSON.stringify(range));
        }
      },
    },
    {
      name: 'resolves options to what JSON can keep, the same when read back',
      run() {
        const resolved = parse(contract.options);
        const kept = JSON.stringify(resolved);
        const again = JSON.stringify(parse(JSON.parse(kept)));
        ensure(kept === again, `options ${kept}`, () => again);
      },
    },
    {
      name: 'names a key that it does not know',
      run() {
        const what = 'an unknown key';
        ensure(knownKeys(schema) !== undefined, 'a schema that is a zod object', () => 'another, which hides its keys');
        ensureRefused(what, () => parse({ ...contract.options, notAnOption: 1 }), 'unknown-name', 'notAnOption');
      },
    },
    ...(contract.refuses ?? []).map(([bad, message]): Check => {
      const shown = JSON.stringify(bad, (_, value) => (typeof value === 'number' ? `${value}` : value));
      return {
        name: `refuses ${shown}`,
        run: () => ensureRefused(shown, () => parse({ ...contract.options, ...bad }), 'bad-option', message),
      };
    }),
  ];
}
