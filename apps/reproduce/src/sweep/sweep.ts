import type { RunResult, TrainEvent } from '@losslab/core';
import type { Cell } from '../cells.ts';
import type { CellStore } from './store.ts';

/** How one cell is trained: in this process, in a child, or (in tests) not at all. */
export type RunCell = (
  cell: Cell,
  context: { readonly out: string; readonly signal: AbortSignal; readonly onEvent: (event: TrainEvent) => void },
) => Promise<RunResult>;

export type SweepEvent =
  | { readonly kind: 'plan'; readonly cells: number; readonly reused: number }
  | { readonly kind: 'reuse' | 'start'; readonly cell: Cell; readonly index: number }
  | { readonly kind: 'train'; readonly cell: Cell; readonly index: number; readonly event: TrainEvent }
  | { readonly kind: 'finish'; readonly cell: Cell; readonly index: number; readonly result: RunResult }
  | { readonly kind: 'fail'; readonly cell: Cell; readonly index: number; readonly error: Error };

export interface Outcome {
  readonly cell: Cell;
  readonly key: string;
  /** Absent: failed (then `error` says why) or not reached. */
  readonly result?: RunResult;
  readonly error?: Error;
}

export interface SweepOptions {
  readonly cells: readonly { readonly cell: Cell; readonly key: string }[];
  readonly store: CellStore;
  readonly runCell: RunCell;
  readonly jobs: number;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: SweepEvent) => void;
}

/**
 * Trains the cells that are not finished yet, `jobs` at a time, and keeps each as it finishes. Cells of one key are one
 * training. A cell that fails does not stop the others. When `signal` aborts, running cells save and stop, and no new one
 * starts. In the order of `cells`.
 */
export async function sweep(options: SweepOptions): Promise<Outcome[]> {
  const { cells, store, jobs, signal, onEvent = () => {} } = options;
  const trained = new Map<string, Outcome>();
  const distinct = cells.filter(({ key }, index) => cells.findIndex((other) => other.key === key) === index);
  for (const { cell, key } of distinct) {
    const result = store.read(key);
    trained.set(key, { cell, key, ...(result && { result }) });
  }
  const missing = distinct.flatMap(({ key }, index) => (trained.get(key)!.result === undefined ? [index] : []));
  onEvent({ kind: 'plan', cells: distinct.length, reused: distinct.length - missing.length });
  distinct.forEach(({ cell, key }, index) => {
    if (trained.get(key)!.result !== undefined) onEvent({ kind: 'reuse', cell, index });
  });
  const worker = async (): Promise<void> => {
    for (let index = missing.shift(); index !== undefined && !signal.aborted; index = missing.shift()) {
      trained.set(distinct[index]!.key, await trainCell({ ...options, cells: distinct }, index, onEvent));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
  return cells.map(({ cell, key }) => ({ ...trained.get(key)!, cell }));
}

async function trainCell(
  { cells, store, runCell, signal }: SweepOptions,
  index: number,
  onEvent: (event: SweepEvent) => void,
): Promise<Outcome> {
  const { cell, key } = cells[index]!;
  onEvent({ kind: 'start', cell, index });
  try {
    const result = await runCell(cell, {
      out: store.workFolder(cell, key),
      signal,
      onEvent: (event) => onEvent({ kind: 'train', cell, index, event }),
    });
    if (result.status !== 'finished') return { cell, key };
    store.write(cell, key, result);
    onEvent({ kind: 'finish', cell, index, result });
    return { cell, key, result };
  } catch (caught) {
    if (signal.aborted) return { cell, key };
    const error = caught instanceof Error ? caught : new Error(String(caught));
    onEvent({ kind: 'fail', cell, index, error });
    return { cell, key, error };
  }
}
