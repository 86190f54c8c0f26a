/** What reading and fetching tell while they run. */
export interface DataProgress {
  readonly stage: 'fetch' | 'read';
  /** What is read (a path) or fetched (an address). */
  readonly source: string;
  /** Bytes so far. */
  readonly done: number;
  /** Bytes in all, where known. */
  readonly total: number | undefined;
}

export type OnProgress = (progress: DataProgress) => void;
