import { builtin } from '../host.ts';
import type { WorkerData } from './worker.ts';

/** Whether this host lets threads work on one memory. A page's own thread may not wait for others, so it has none. */
function mayShare(): boolean {
  if (builtin('worker_threads') !== undefined) return true;
  const { crossOriginIsolated = false, document, Worker } = globalThis as Partial<typeof globalThis>;
  return crossOriginIsolated && document === undefined && Worker !== undefined;
}

/** The most threads that an engine may have here, its own included. */
export const mostThreads = (): number => (mayShare() ? Number.POSITIVE_INFINITY : 1);

/**
 * Threads that this host can run at once: the cores of Node's process; those of a browser in a Worker of a page that is
 * cross-origin isolated; 1 elsewhere.
 */
export function availableThreads(): number {
  return builtin('os')?.availableParallelism() ?? (mayShare() ? navigator.hardwareConcurrency : 1);
}

/** Starts a thread that runs `worker.ts` and joins in its own time. `failed` hears of one that a browser cannot load. */
export function startThread(data: WorkerData, failed: (reason: string) => void): object {
  const { Worker: NodeWorker } = builtin('worker_threads') ?? {};
  if (NodeWorker !== undefined) {
    const thread = new NodeWorker(new URL(nodeFile(), import.meta.url), { workerData: data, execArgv: [] });
    thread.unref();
    return thread;
  }
  // Spelt out, so that bundlers find the file.
  const thread = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  thread.addEventListener('error', ({ message }) => failed(message ?? 'a file that does not load'));
  thread.postMessage(data);
  return thread;
}

/** From source the worker is TypeScript too. */
function nodeFile(): string {
  return import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
}
