import type { EngineInfo, EpochRecord, RunResult } from '@losslab/core';
import type { BuildChoice } from '@losslab/kernels';

export const lossNames = ['bpr', 'bce', 'sl', 'bsl', 'vbpr'] as const;
export type LossName = (typeof lossNames)[number];

/** What a person asks for: all of it travels to the worker. */
export interface Wish {
  /** Chosen or dropped. Absent: data is generated. */
  readonly file?: File;
  /** Only rows of the file with at least this rating. */
  readonly minRating?: number;
  readonly loss: LossName;
  readonly epochs: number;
  readonly seed: number;
  readonly build: BuildChoice;
  /** Absent: as many as the browser offers. */
  readonly threads?: number;
}

export interface Recommended {
  readonly user: string;
  readonly items: readonly { readonly item: string; readonly score: number; readonly heldOut: boolean }[];
}

/** What the worker tells while it trains. */
export type Told =
  | {
      readonly kind: 'start';
      readonly engine: EngineInfo;
      readonly data: { readonly name: string; readonly users: number; readonly items: number; readonly train: number };
      readonly epochs: number;
      /** The metric that chooses the epoch. */
      readonly stopOn: string;
    }
  | { readonly kind: 'epoch'; readonly record: EpochRecord; readonly millisecondsPerStep: number }
  | { readonly kind: 'warning'; readonly message: string }
  | {
      readonly kind: 'finish';
      readonly result: RunResult;
      /** Threads that came up and took part. */
      readonly joined: number;
      readonly recommended: readonly Recommended[];
    }
  | { readonly kind: 'error'; readonly message: string };
