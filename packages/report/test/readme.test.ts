import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runResult } from './fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the lines of the README run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'losslab-report-'));
  for (const lossName of ['bpr', 'bsl']) {
    mkdirSync(join(folder, 'runs', lossName), { recursive: true });
    writeFileSync(join(folder, 'runs', lossName, 'result.json'), JSON.stringify(runResult({ lossName })));
  }
  const [, code] = readFileSync(join(root, 'README.md'), 'utf8').match(/```ts\n(.*?)```/s) ?? [];
  const script = join(folder, 'example.ts');
  writeFileSync(script, code!);
  mkdirSync(join(folder, 'node_modules', '@losslab'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules', '@losslab', 'report'), 'junction');
  const node = ['--conditions=@losslab/source', script];
  const printed = execFileSync(process.execPath, node, { cwd: folder, encoding: 'utf8' });
  expect(printed).toMatch(/^loss +recall@20 +ndcg@20/);
  expect(readFileSync(join(folder, 'runs', 'report.html'), 'utf8')).toContain('<h1>BPR and BSL</h1>');
});
