import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Contender, Missing } from './contender.ts';

type Answer = { ready?: string; ms?: number };

/**
 * Starts a peer program that prints `{"ready": name}` and then, for each line that it reads, `{"ms": number}`.
 * A program that does not get so far is missing, with the last line that it wrote to standard error.
 */
export async function peer(name: string, command: string, args: readonly string[]): Promise<Contender | Missing> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const failed = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(complaint.trim().split('\n').at(-1) || `ended with code ${code}`));
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Answer> => {
    const line = await lines.next();
    return line.done ? {} : (JSON.parse(line.value) as Answer);
  };
  const { ready } = await answer();
  if (ready === undefined) return { name, missing: await failed };
  const run = async (): Promise<number> => {
    child.stdin.write('\n');
    const { ms } = await answer();
    if (ms === undefined) throw new Error(`${name} stopped: ${await failed}`);
    return ms;
  };
  return { name: ready, run, close: () => child.stdin.end() };
}

/** A script of `peers` by the interpreter in LOSSLAB_PYTHON, else `python3`. */
function pythonPeer(name: string, script: string, args: readonly string[]): Promise<Contender | Missing> {
  const path = new URL(`../peers/${script}`, import.meta.url).pathname;
  return peer(name, process.env.LOSSLAB_PYTHON ?? 'python3', [path, ...args]);
}

type Sizes = Readonly<Record<string, number | string>>;

export const torchPeer = (work: string, sizes: Sizes): Promise<Contender | Missing> =>
  pythonPeer('PyTorch', 'torch_peer.py', [work, JSON.stringify(sizes)]);

/** A fitted model by another library: `implicit`, numpy, LAPACK. */
export const fittedPeer = (work: string, sizes: Sizes): Promise<Contender | Missing> =>
  pythonPeer(work.startsWith('als') ? 'implicit' : 'numpy', 'fitted_peer.py', [work, JSON.stringify(sizes)]);

export const samplePeer = (library: 'torch' | 'numpy', law: string, sizes: Sizes): Promise<Contender | Missing> =>
  pythonPeer(library === 'torch' ? 'PyTorch' : 'numpy', 'sample_peer.py', [library, law, JSON.stringify(sizes)]);

export const implicitPeer = (work: 'bpr' | 'als', sizes: Sizes): Promise<Contender | Missing> =>
  pythonPeer('implicit', 'implicit_peer.py', [work, JSON.stringify(sizes)]);

export const readPeer = (library: 'pandas' | 'csv' | 'loadtxt', file: string): Promise<Contender | Missing> =>
  pythonPeer(library, 'read_peer.py', [library, file]);
