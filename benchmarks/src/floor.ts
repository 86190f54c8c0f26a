import { compiledPeer } from './compiled.ts';
import type { Contender, Missing } from './contender.ts';
import type { StepSizes } from './losslab-step.ts';

/** What a piece of work cannot do without, counted from its definition. */
export interface Floor {
  /** Floating-point operations: a multiply-add counts two. */
  readonly operations: number;
  /** Bytes that go through memory one after another. */
  readonly bytes: number;
  /** Bytes of rows picked at random from a table that the last cache holds. */
  readonly rowBytes?: number;
  /** How the three were counted. */
  readonly counted: string;
}

/** Scores and gradients in plain C, without Adam: what one thread of this machine can do. Needs a C compiler. */
export function floorPeer(sizes: StepSizes): Promise<Contender | Missing> {
  const { users, items, batch, negatives, dimension } = sizes;
  return compiledPeer('plain C', 'floor.c', [users, items, batch, negatives, dimension]);
}
