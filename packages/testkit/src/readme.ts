import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { knownKeys, type OptionSchema } from '@losslab/core';
import { expect, test, vi } from 'vitest';

/** What a table of options is made from: a LossDefinition, ModelDefinition or SamplerDefinition. */
export interface Documented {
  readonly name: string;
  readonly options: OptionSchema<unknown>;
}

interface Field {
  readonly description?: string;
  safeParse(value: undefined): { readonly data?: unknown };
}

/** The options of a schema as a Markdown table: key, default, and what its `describe` says. */
export function optionsTable({ name, options }: Documented): string {
  const { shape } = options as unknown as { shape: Record<string, Field> };
  const rows = (knownKeys(options as never) ?? []).map((key) => {
    const { description } = shape[key]!;
    const { data: value } = shape[key]!.safeParse(undefined);
    expect(description, `describe option ${key} of ${name}`).toBeDefined();
    return `| \`${key}\` | ${value === undefined ? '' : `\`${JSON.stringify(value)}\``} | ${description} |`;
  });
  return ['| option | default | what |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Runs `example` and returns what it prints, a line a call of console.log. */
async function printed(example: () => Promise<unknown>): Promise<string[]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    await example();
    return log.mock.calls.map((call) => format(...call));
  } finally {
    log.mockRestore();
  }
}

export interface ReadmeContract {
  /** The README's first block of TypeScript is this file, word for word. */
  readonly example: URL;
  /** Runs it: `() => import('./example.ts')`. Each `console.log(...); // text` must print that text. */
  run(): Promise<unknown>;
  /** Each has its table between `<!-- options: name -->` and `<!-- /options -->`. */
  readonly definitions?: readonly Documented[];
}

/** Tests that a README is true: its example runs and prints what it says, its tables of options are the schemas'. */
export function testReadme(readme: URL, { example, run, definitions = [] }: ReadmeContract): void {
  const text = readFileSync(readme, 'utf8');
  test('the README’s example runs and prints what it says', async () => {
    const source = readFileSync(example, 'utf8').trimEnd();
    expect(text.match(/```ts\n(.*?)\n```/s)?.[1], 'README.md, first block of TypeScript').toBe(source);
    const promised = Array.from(source.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm), ([, comment]) => comment);
    expect(await printed(run)).toEqual(promised);
  });
  test.each([...definitions])('the README’s options of $name are the schema’s', (definition) => {
    const table = optionsTable(definition);
    const written = text.match(
      new RegExp(`<!-- options: ${definition.name} -->\\n(.*?)\\n<!-- /options -->`, 's'),
    )?.[1];
    expect(written, `put this between the marks of ${definition.name} in README.md:\n${table}\n`).toBe(table);
  });
}
