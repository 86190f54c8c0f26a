import type { FactorRanker, ScoreRanker } from '@losslab/core';
import type { Csr, Kernels, View } from '@losslab/kernels';
import { checkBlock } from './check.ts';

export interface RankRequest {
  readonly kernels: Kernels;
  readonly seen: Csr;
  readonly users: Int32Array; // [n]
  readonly k: number;
}

/** The lists of users[first ...]; views that the next block overwrites. */
export interface RankBlock {
  readonly first: number;
  readonly items: Int32Array; // [rows, k]
  readonly scores: Float32Array; // [rows, k]
}

/** Elements of a block's largest array: 32 MiB of float32. */
const BLOCK_ELEMENTS = 8 * 2 ** 20;

type Memory = Kernels['memory'];

/** Frees on the way out what `use` took from the kernels' memory. */
function* scoped<T>(memory: Memory, use: (keep: <V extends View>(view: V) => V) => Generator<T>): Generator<T> {
  const taken: View[] = [];
  const keep = <V extends View>(view: V): V => {
    taken.push(view);
    return view;
  };
  try {
    yield* use(keep);
  } finally {
    for (const view of taken) memory.free(view);
  }
}

/** Users of the first block. */
const FIRST_ROWS = 96;

/**
 * Blocks grow from small to `rows`: a kernel's first call runs in the host's quick and slow translation, however long it
 * takes, and the better one is used from the next call on.
 */
function* cut(n: number, rows: number): Generator<{ first: number; count: number }> {
  for (let first = 0, most = FIRST_ROWS; first < n; most *= 2) {
    const count = Math.min(most, rows, n - first);
    yield { first, count };
    first += count;
  }
}

/** Blocks of users by ⟨user, item⟩: no score matrix, so a block is limited by its lists alone. */
export function factorBlocks(ranker: FactorRanker, request: RankRequest): Generator<RankBlock> {
  const { kernels, seen, users, k } = request;
  const { memory } = kernels;
  const rows = Math.max(1, Math.min(users.length, Math.floor(BLOCK_ELEMENTS / k)));
  return scoped(memory, function* (keep) {
    const inMemory = (values: Float32Array): Float32Array =>
      memory.owns(values) ? values : keep(memory.copyOf(values));
    const factors = { users: inMemory(ranker.users), items: inMemory(ranker.items), dim: ranker.dimension };
    const userRows = keep(memory.copyOf(users));
    const [outIds, outScores] = [keep(memory.i32(rows * k)), keep(memory.f32(rows * k))];
    for (const { first, count } of cut(users.length, rows)) {
      const out = { outIds: outIds.subarray(0, count * k), outScores: outScores.subarray(0, count * k) };
      kernels.topK({ ...factors, userRows: userRows.subarray(first, first + count), seen, k, ...out });
      const block = { first, items: out.outIds, scores: out.outScores };
      checkBlock(block, request, ranker.itemCount, (row) => factorScores(ranker, users[first + row]!));
      yield block;
    }
  });
}

/** One user's scores of all items, [items]. */
export function factorScores({ users, items, itemCount, dimension }: FactorRanker, user: number): Float32Array {
  return Float32Array.from({ length: itemCount }, (_, item) => {
    let sum = 0;
    for (let d = 0; d < dimension; d++) sum += users[user * dimension + d]! * items[item * dimension + d]!;
    return sum;
  });
}

/** Blocks of users by the scores that the model writes, [rows, items]. */
export function scoreBlocks(ranker: ScoreRanker, request: RankRequest): Generator<RankBlock> {
  const { kernels, seen, users, k } = request;
  const { memory } = kernels;
  const { itemCount } = ranker;
  const rows = Math.max(1, Math.min(users.length, Math.floor(BLOCK_ELEMENTS / itemCount)));
  return scoped(memory, function* (keep) {
    const userRows = keep(memory.copyOf(users));
    const all = keep(memory.f32(rows * itemCount));
    const [outIds, outScores] = [keep(memory.i32(rows * k)), keep(memory.f32(rows * k))];
    for (const { first, count } of cut(users.length, rows)) {
      const scores = all.subarray(0, count * itemCount);
      ranker.score(users.subarray(first, first + count), scores);
      const out = { outIds: outIds.subarray(0, count * k), outScores: outScores.subarray(0, count * k) };
      kernels.topKOfScores({
        scores,
        items: itemCount,
        userRows: userRows.subarray(first, first + count),
        seen,
        k,
        ...out,
      });
      const block = { first, items: out.outIds, scores: out.outScores };
      checkBlock(block, request, itemCount, (row) => scores.subarray(row * itemCount, (row + 1) * itemCount));
      yield block;
    }
  });
}
