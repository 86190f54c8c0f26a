import { type Batch, type IdMatrix, idMatrix, type NamedArrays } from '@losslab/core';
import { type Kernels, Random } from '@losslab/kernels';
import type { Counters } from './counters.ts';
import type { Pools } from './srns-pools.ts';
import { loadInto } from './state.ts';

interface Sizes {
  readonly memory: number; // S₁
  readonly further: number; // S₂
  readonly temperature: number; // τ
}

/** What each row of a batch is chosen from: the S₁ of its user's memory, then S₂ more. */
export interface Candidates {
  readonly positions: Int32Array; // [B, S₁ + S₂], in the user's pool
  readonly items: IdMatrix; // [B, S₁ + S₂]
  readonly memory: number; // S₁
}

/** Each user's memory M_u, as positions in the user's pool. */
export class SrnsMemory {
  readonly #pools: Pools;
  readonly #sizes: Sizes;
  readonly #counters: Counters;
  readonly #kernels: Kernels;
  readonly #kept: Int32Array; // [users, S₁], distinct within a user

  constructor(pools: Pools, sizes: Sizes, counters: Counters, kernels: Kernels) {
    this.#pools = pools;
    this.#sizes = sizes;
    this.#counters = counters;
    this.#kernels = kernels;
    this.#kept = firstPositions(pools, sizes.memory, new Random(counters('memory', 0, 0)));
  }

  candidates({ users, epoch, step }: Batch): Candidates {
    const { memory, further } = this.#sizes;
    const width = memory + further;
    const drawn = this.#drawn(users.length * further, epoch, step);
    const positions = new Int32Array(users.length * width);
    users.forEach((user, b) => {
      positions.set(this.#of(user), b * width);
      positions.set(drawn.subarray(b * further, (b + 1) * further), b * width + memory);
    });
    const { size, items } = this.#pools;
    const ids = positions.map((position, k) => items[users[Math.floor(k / width)]! * size + position]!);
    return { positions, items: idMatrix(ids, width, users.length), memory };
  }

  /**
   * S₁ of the candidates without replacement in proportion to exp(s / τ): those with the largest s / τ + Gumbel noise. A user who
   * is in several rows goes by the first.
   */
  renew({ users, epoch, step }: Batch, { positions, items: { columns } }: Candidates, scores: Float32Array): void {
    const keys = this.#gumbel(scores.length, epoch, step);
    const { temperature } = this.#sizes;
    for (let k = 0; k < keys.length; k++) keys[k]! += scores[k]! / temperature;
    const isDone = new Set<number>();
    users.forEach((user, b) => {
      if (isDone.has(user)) return;
      isDone.add(user);
      const row = [b * columns, (b + 1) * columns] as const;
      this.#of(user).set(largestOf(positions.subarray(...row), keys.subarray(...row), this.#sizes.memory));
    });
  }

  state(): NamedArrays {
    return { memory: { shape: [this.#pools.userCount, this.#sizes.memory], data: this.#kept.slice() } };
  }

  load(state: NamedArrays): void {
    loadInto(this.#kept, state, 'memory');
  }

  #of(user: number): Int32Array {
    const { memory } = this.#sizes;
    return this.#kept.subarray(user * memory, (user + 1) * memory);
  }

  #drawn(count: number, epoch: number, step: number): Int32Array {
    const { memory, fillIntegers } = this.#kernels;
    const out = memory.i32(count);
    fillIntegers({ at: this.#counters('pool', epoch, step + 1), out, bound: this.#pools.size });
    const drawn = new Int32Array(out);
    memory.free(out);
    return drawn;
  }

  /** −ln(−ln U). */
  #gumbel(count: number, epoch: number, step: number): Float32Array {
    const { memory, fillUniform, unary } = this.#kernels;
    const out = memory.f32(count);
    fillUniform({ at: this.#counters('memory', epoch, step + 1), out });
    for (const op of ['log', 'neg', 'log', 'neg'] as const) unary(op, { x: out, out });
    const noise = new Float32Array(out);
    memory.free(out);
    return noise;
  }
}

/** S₁ different positions of each user. */
function firstPositions({ userCount, size }: Pools, count: number, random: Random): Int32Array {
  const kept = new Int32Array(userCount * count);
  const all = Int32Array.from({ length: size }, (_, position) => position);
  for (let user = 0; user < userCount; user++) {
    for (let k = 0; k < count; k++) {
      const other = k + random.int(size - k);
      [all[k], all[other]] = [all[other]!, all[k]!];
    }
    kept.set(all.subarray(0, count), user * count);
  }
  return kept;
}

/** The `count` different positions with the largest keys; of several keys of one position the first counts. */
function largestOf(positions: Int32Array, keys: Float32Array, count: number): Int32Array {
  for (let k = 0; k < keys.length; k++) if (positions.indexOf(positions[k]!) < k) keys[k] = Number.NEGATIVE_INFINITY;
  const chosen = new Int32Array(count);
  for (let n = 0; n < count; n++) {
    let best = 0;
    for (let k = 1; k < keys.length; k++) if (keys[k]! > keys[best]!) best = k;
    chosen[n] = positions[best]!;
    keys[best] = Number.NEGATIVE_INFINITY;
  }
  return chosen;
}
