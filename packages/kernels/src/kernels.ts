import { type Background, background } from './background.ts';
import { type Deferred, deferred } from './deferred.ts';
import { type Elementwise, elementwise } from './elementwise.ts';
import type { Build, Engine } from './engine.ts';
import { expected } from './errors.ts';
import { type BuildChoice, fetchEngine, openEngine } from './load.ts';
import { type Matrices, matrices } from './matrices.ts';
import type { KernelMemory } from './memory.ts';
import { type Optimizers, optimizers } from './optimizers.ts';
import { type Pairs, pairs } from './pairs.ts';
import { type Plans, plans } from './plans.ts';
import { type RandomFills, randomFills } from './random/fills.ts';
import { type Sampling, sampling } from './random/sampling.ts';
import { type Ranking, ranking } from './ranking.ts';
import { type Reductions, reductions } from './reductions.ts';
import { type Rows, rows } from './rows.ts';
import { type Sets, sets } from './sets.ts';
import { type Sparse, sparse } from './spmm.ts';
import { type Systems, systems } from './systems.ts';

/**
 * All kernels over one memory. Arrays are row-major views in `memory` (float32 unless said); kernels allocate nothing that
 * outlives the call. Ids of rows are trusted: check foreign ones once with `checkIds`.
 */
export interface Kernels
  extends RandomFills,
    Sampling,
    Sets,
    Rows,
    Pairs,
    Plans,
    Elementwise,
    Reductions,
    Matrices,
    Sparse,
    Optimizers,
    Deferred,
    Ranking,
    Systems {
  readonly build: Build;
  readonly memory: KernelMemory;
  readonly engine: Engine;
  /** Draws for the next batches, done by threads that have nothing else to do. */
  readonly background: Background;
}

function assemble(engine: Engine): Kernels {
  const pairProducts = pairs(engine);
  return {
    build: engine.build,
    memory: engine.memory,
    engine,
    background: background(engine),
    ...randomFills(engine),
    ...sampling(engine),
    ...sets(engine),
    ...rows(engine),
    ...pairProducts,
    ...plans(engine, pairProducts),
    ...elementwise(engine),
    ...reductions(engine),
    ...matrices(engine),
    ...sparse(engine),
    ...optimizers(engine),
    ...deferred(engine),
    ...ranking(engine),
    ...systems(engine),
  };
}

let loaded: Kernels | undefined;
let loading: Promise<Kernels> | undefined;

/** The process's kernels. In Node they load on first use; elsewhere `await loadKernels()` first. */
export function kernels(): Kernels {
  loaded ??= assemble(openEngine('auto'));
  return loaded;
}

/**
 * Loads the process's kernels once; later calls return the same ones.
 * @throws KernelError `engine` where another build is loaded already, or the host cannot run the one asked for.
 */
export async function loadKernels(options: { build?: BuildChoice } = {}): Promise<Kernels> {
  const { build = 'auto' } = options;
  if (loaded === undefined) {
    loading ??= fetchEngine(build).then(assemble);
    try {
      loaded ??= await loading;
    } finally {
      loading = undefined;
    }
  }
  if (build !== 'auto' && loaded.build !== build) {
    throw expected(`the ${build} build`, `${loaded.build}, loaded before`, 'call loadKernels first', 'build');
  }
  return loaded;
}

/** An instance of its own, synchronously (Node): for tests and for workers that share `memory`. */
export function createKernels(options: { build?: BuildChoice; memory?: KernelMemory } = {}): Kernels {
  return assemble(openEngine(options.build ?? 'auto', options.memory));
}
