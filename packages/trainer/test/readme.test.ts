import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseConfig, runSchema } from '@losslab/trainer';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('the lines of the README run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'losslab-readme-'));
  const scope = join(folder, 'node_modules', '@losslab');
  mkdirSync(scope, { recursive: true });
  symlinkSync(root, join(scope, 'trainer'), 'junction');
  for (const name of ['data', 'loss-classic', 'metrics', 'models', 'samplers']) {
    symlinkSync(join(root, 'node_modules', '@losslab', name), join(scope, name), 'junction');
  }
  const script = join(folder, 'example.ts');
  writeFileSync(script, readme.match(/```ts\n(.*?)```/s)![1]!);
  const node = ['--conditions=@losslab/source', script];
  const printed = execFileSync(process.execPath, node, { cwd: folder, encoding: 'utf8' });
  expect(printed).toMatch(/^1 0\.\d+ \{\s+'recall@5': 0/);
  expect(printed).toMatch(/'recall@20': 0\.\d+/);
  expect(readdirSync(join(folder, 'runs', 'first')).sort()).toEqual([
    'checkpoint',
    'ids.json',
    'parts.safetensors',
    'per-user.safetensors',
    'result.json',
    'run.json',
  ]);
  rmSync(folder, { recursive: true });
});

test('the table of options is the schema’s', () => {
  const defaults = parseConfig({}) as Record<string, unknown>;
  const shown = (value: unknown) => {
    if (value === undefined) return '';
    const text = JSON.stringify(value, (_, inner) =>
      inner?.name && Object.keys(inner).length === 1 ? inner.name : inner,
    );
    return `\`${text}\``;
  };
  const rows = Object.entries(runSchema.shape).map(([key, { description }]) => {
    expect(description, `describe ${key} in src/config.ts`).toBeDefined();
    return `| \`${key}\` | ${shown(defaults[key])} | ${description} |`;
  });
  const table = ['| key | default | what |', '| --- | --- | --- |', ...rows].join('\n');
  const [, written] = readme.match(/<!-- options: [^>]*-->\n(.*?)\n?<!-- \/options -->/s)!;
  expect(written, `put this between the options marks of README.md:\n${table}\n`).toBe(table);
});
