// Runs turbo without telemetry and prints a task's output only when the task fails: node scripts/turbo.ts run build
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export function turbo(...args: string[]): boolean {
  const quiet = ['--output-logs=errors-only', '--log-prefix=none'];
  try {
    execFileSync('turbo', [...args, ...quiet], {
      cwd: root,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
      shell: process.platform === 'win32',
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return true;
  } catch {
    return false;
  }
}

if (import.meta.main) process.exitCode = turbo(...process.argv.slice(2)) ? 0 : 1;
