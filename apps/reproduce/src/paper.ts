import type { Experiment } from './experiment.ts';
import type { Published } from './published.ts';
import type { Tuned } from './tuned.ts';
import type { TuningGrid } from './tuning.ts';

/** A place where the paper disagrees with itself, its code or its logs. */
export interface Contradiction {
  readonly text: string;
  /** Where to look. */
  readonly source: string;
}

/** What `reproduce <name>` knows of a paper. */
export interface Paper {
  readonly name: string;
  readonly title: string;
  readonly published: Published;
  readonly experiments: readonly Experiment[];
  readonly contradictions: readonly Contradiction[];
  readonly tuning: TuningGrid;
  /** What searches on that grid found; absent: none was kept. */
  readonly tuned?: readonly Tuned[];
}
