import { knownKeys, parseOptions } from '@losslab/core';
import { ensure, ensureRefused } from '../assert.ts';
import type { Check } from '../check.ts';
import type { ModelSubject } from './contract.ts';

export function modelMetadataChecks({ definition, contract, make }: ModelSubject): Check[] {
  const { kind, name, summary, source, options: schema } = definition;
  const parse = (given: unknown): unknown => parseOptions(schema, given, `model ${name}`);
  return [
    {
      name: 'has a name, a summary of one line, a source, and is fitted or not as it says',
      run() {
        ensure(kind === 'model', 'kind model', () => kind);
        ensure(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name), 'a name like my-model', () => name);
        ensure(/^\S[^\n]{9,}$/.test(summary), 'a summary of one line', () => `"${summary}"`);
        ensure(source.trim().length > 0, 'a source', () => `"${source}"`);
        const model = make();
        ensure(model.name === name, `a model named ${name}, as its definition`, () => model.name);
        ensure(
          model.kind === (definition.fitted ? 'fitted' : 'step'),
          `fitted: ${definition.fitted}`,
          () => model.kind,
        );
        if (model.kind === 'step') model.parameters.dispose();
      },
    },
    {
      name: 'resolves options to what JSON can keep, the same when read back',
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
