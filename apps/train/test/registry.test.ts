import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { command, generateRegistry, registryPath } from '../scripts/generate-registry.ts';
import { registry } from '../src/index.ts';

test('the registry is what the packages export', async () => {
  expect(readFileSync(registryPath, 'utf8'), `out of date: run ${command}`).toBe(await generateRegistry());
});

const groups: [string, Record<string, { name: string }>][] = Object.entries(registry);

test.each(groups)('%s are under their own names', (_, group) => {
  expect(Object.keys(group).length).toBeGreaterThan(0);
  for (const [name, definition] of Object.entries(group)) expect(definition.name).toBe(name);
});
