import type { Contender, Missing } from '../contender.ts';
import type { Floor } from '../floor.ts';

/** A limit on one contender's median: of a peer's median, or in milliseconds. */
export interface Budget {
  /** The start of the contender's name; absent: the first contender, which is losslab. */
  readonly contender?: string;
  /** The start of the peer's name; absent: `most` is in milliseconds. */
  readonly peer?: string;
  readonly most: number;
}

/** What all cases are told. */
export interface CaseOptions {
  /** Interactions of the largest data set that is made. */
  readonly largest: number;
}

/** One comparison: the same work by several programs, and what losslab's own time is made of. */
export interface Case {
  readonly name: string; // as given to `pnpm bench`
  readonly title: string;
  readonly rounds: number;
  /** Pieces of work in a turn; one where absent. */
  readonly turn?: number;
  readonly budgets?: readonly Budget[];
  readonly floor?: Floor;
  contenders(): Promise<readonly (Contender | Missing)[]>;
  /** Milliseconds of the parts of losslab's work, over several runs each. */
  parts?(): Readonly<Record<string, readonly number[]>>;
  /** Milliseconds of each kernel in losslab's work, the longest first. */
  profile?(): Readonly<Record<string, number>>;
  /** Other measured facts, once the contenders have run. */
  facts?(): Readonly<Record<string, string>>;
  close?(): void;
}
