// Runs turbo quietly: a log, its own included, is printed only when a task fails. node scripts/turbo.ts run build
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// What runs this has brought node_modules up to date: the pnpm of each task need not look again, all at once.
const quiet = { TURBO_TELEMETRY_DISABLED: '1', pnpm_config_verify_deps_before_run: 'false' };

const root = fileURLToPath(new URL('..', import.meta.url));

export function turbo(...args: string[]): boolean {
  const { status, error, stdout, stderr } = spawnSync('turbo', [...args, '--output-logs=errors-only'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...quiet },
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status === 0) return true;
  process.stderr.write(error ? `turbo: ${error.message}\n` : `${stdout}${stderr}`);
  return false;
}

if (import.meta.main) process.exitCode = turbo(...process.argv.slice(2)) ? 0 : 1;
