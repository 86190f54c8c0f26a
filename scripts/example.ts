// Runs a program of examples/ from source, where the shell is: pnpm example own-model.ts [arguments]
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../examples/', import.meta.url));
const [name = '', ...rest] = process.argv.slice(2);
if (name.endsWith('.ts') && existsSync(folder + name)) {
  const args = ['--conditions=@losslab/source', folder + name, ...rest];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: process.env.INIT_CWD }).status ?? 1;
} else {
  const names = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  console.error(`example: expected one of ${names.join(', ')}, got "${name}"`);
  process.exitCode = 2;
}
