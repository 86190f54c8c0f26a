import type { ErrorCode, RunResult, TrainEvent } from '@losslab/core';
import type { Cell } from '../cells.ts';

/** What the sweep tells a cell's process. */
export type ToCell =
  | {
      readonly kind: 'train';
      readonly cell: Cell;
      readonly out: string;
      readonly dataDir: string | undefined;
      readonly threads: number | undefined;
      readonly command: string | undefined;
      /** Whether another cell may follow. */
      readonly stays: boolean;
    }
  | { readonly kind: 'abort' };

/** What a cell's process tells the sweep. */
export type FromCell =
  | { readonly kind: 'event'; readonly event: TrainEvent }
  | { readonly kind: 'result'; readonly result: RunResult }
  | { readonly kind: 'error'; readonly message: string; readonly code: ErrorCode | undefined };
