import type { Engine, Runner } from './engine.ts';
import { fillUniform, type RandomFills } from './random/fills.ts';
import { type Sampling, sampling } from './random/sampling.ts';

/** Kernels that fill batches. */
export type Draws = Omit<Sampling, 'aliasTable' | 'freeAliasTable'> & Pick<RandomFills, 'fillUniform'>;

/**
 * They are left to threads that have nothing else to do. Calls are done in their order; their arrays must
 * stay as they are until `settle` returns. The bits are those of the same kernels called at once, on any number of threads;
 * on one, `settle` does the work.
 */
export interface Background extends Draws {
  /** Where the queue stands: `settle` with it waits for what was called so far. */
  readonly mark: number;
  /** Returns when the calls before `mark` (by default all) are done; does itself what nobody has begun. */
  settle(mark?: number): void;
}

export function background(engine: Engine): Background {
  const runner: Runner = {
    memory: engine.memory,
    address: engine.address.bind(engine),
    run: engine.enqueue.bind(engine),
  };
  const { aliasTable: _, freeAliasTable: __, ...draws } = sampling(runner);
  return {
    ...draws,
    fillUniform: (options) => fillUniform(runner, options),
    get mark() {
      return engine.mark;
    },
    settle: (mark) => engine.settle(mark),
  };
}
