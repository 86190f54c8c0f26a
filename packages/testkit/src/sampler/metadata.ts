import { knownKeys, parseOptions } from '@losslab/core';
import { ensure, ensureRefused } from '../assert.ts';
import type { Check } from '../check.ts';
import type { SamplerSubject } from './contract.ts';

export function samplerMetadataChecks({ definition, contract, make }: SamplerSubject): Check[] {
  const { kind, name, summary, source, options: schema } = definition;
  const parse = (given: unknown): unknown => parseOptions(schema, given, `sampler ${name}`);
  return [
    {
      name: 'has a name, a summary of one line and a source',
      run() {
        ensure(kind === 'sampler', 'kind sampler', () => kind);
        ensure(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name), 'a name like my-sampler', () => name);
        ensure(/^\S[^\n]{9,}$/.test(summary), 'a summary of one line', () => `"${summary}"`);
        ensure(source.trim().length > 0, 'a source', () => `"${source}"`);
        const sampler = make();
        ensure(sampler.name === name, `a sampler named ${name}, as its definition`, () => sampler.name);
        sampler.dispose?.();
      },
    },
    {
      name: 'resolves options to what JSON can keep, and names a key that it does not know',
      run() {
        const kept = JSON.stringify(parse(contract.options));
        const again = JSON.stringify(parse(JSON.parse(kept)));
        ensure(kept === again, `options ${kept}`, () => again);
        ensure(knownKeys(schema) !== undefined, 'a schema that is a zod object', () => 'another, which hides its keys');
        ensureRefused('an unknown key', () => parse({ notAnOption: 1 }), 'unknown-name', 'notAnOption');
      },
    },
    ...(contract.refuses ?? []).map(([bad, message]): Check => {
      const shown = JSON.stringify(bad);
      return {
        name: `refuses ${shown}`,
        run: () => ensureRefused(shown, () => parse({ ...contract.options, ...bad }), 'bad-option', message),
      };
    }),
  ];
}
