import { spawn } from 'node:child_process';

export interface Outcome {
  readonly ok: boolean;
  readonly stdout: string;
  /** Both streams, for reports. */
  readonly output: string;
}

const TIMEOUT = 20 * 60_000; // what hangs ends; an installation on a busy machine takes minutes

/** What the workspace tells its processes does not belong outside: its export condition, pnpm's settings. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_|NODE_OPTIONS$|VITEST)/i.test(name));
  return { ...Object.fromEntries(own), NO_COLOR: '1', CI: '1' };
}

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], cwd: string): Promise<Outcome> {
  const shell = process.platform === 'win32' && !command.endsWith('.exe');
  const child = spawn(command, args, { cwd, shell, env: cleanEnvironment(), timeout: TIMEOUT });
  let [stdout, output] = ['', ''];
  child.stdout.on('data', (data) => {
    stdout += data;
    output += data;
  });
  child.stderr.on('data', (data) => {
    output += data;
  });
  child.stdin.end();
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, stdout, output: `${output}${command}: ${error.message}` }));
    child.on('close', (status) => resolve({ ok: status === 0, stdout, output }));
  });
}
