import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const condition = '--conditions=@losslab/source';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Data that trains in a moment: 60 users, 90 items. */
export const tiny = [
  '--data',
  'generated',
  '--set',
  'data.generate={"users":60,"items":90,"interactionsPerUser":15}',
] as const;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that goes when the file's tests have ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'losslab-cli-'));
  folders.push(folder);
  return folder;
}

/** Starts the real command in a process of its own. */
export function startCommand(args: readonly string[], { cwd, env }: Surroundings = {}): ChildProcess {
  const surroundings = { ...process.env, ...env, npm_lifecycle_event: '' };
  return spawn(process.execPath, [condition, here('../src/main.ts'), ...args], { cwd, env: surroundings });
}

/** Runs the real command to its end. */
export async function losslab(args: readonly string[], surroundings: Surroundings = {}): Promise<Finished> {
  return finished(startCommand(args, surroundings));
}

/** Runs several command lines in one process, one after the other: starting costs more than most of them. */
export async function losslabEach(lines: readonly (readonly string[])[], cwd: string): Promise<Finished[]> {
  const child = spawn(process.execPath, [condition, here('run-each.ts'), JSON.stringify(lines)], { cwd });
  const { code, stdout, stderr } = await finished(child);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Runs a file of this repository. */
export async function runSource(path: string): Promise<Finished> {
  return finished(spawn(process.execPath, [condition, path]));
}

export async function finished(child: ChildProcess): Promise<Finished> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, stdout, stderr };
}

/** Resolves when a process has written a text to stderr. */
export function written(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stderr?.on('data', (chunk) => {
      seen += chunk;
      if (seen.includes(text)) resolve();
    });
    child.on('close', () => reject(new Error(`ended without "${text}": ${seen}`)));
  });
}
