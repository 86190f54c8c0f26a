import type { Contender, Missing } from '../contender.ts';

/** One comparison: the same work by several programs, and what losslab's own time is made of. */
export interface Case {
  readonly name: string; // as given to `pnpm bench`
  readonly title: string;
  readonly rounds: number;
  contenders(): Promise<readonly (Contender | Missing)[]>;
  /** Milliseconds of the parts of losslab's work, over several runs each. */
  parts?(): Readonly<Record<string, readonly number[]>>;
  close?(): void;
}
