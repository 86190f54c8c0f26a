// Runs turbo quietly: a log, its own included, is printed only when a task fails. node scripts/turbo.ts run build
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export function turbo(...args: string[]): boolean {
  const { status, error, stdout, stderr } = spawnSync('turbo', [...args, '--output-logs=errors-only'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status === 0) return true;
  process.stderr.write(error ? `turbo: ${error.message}\n` : `${stdout}${stderr}`);
  return false;
}

if (import.meta.main) process.exitCode = turbo(...process.argv.slice(2)) ? 0 : 1;
