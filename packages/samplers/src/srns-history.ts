import { type IdMatrix, type Interactions, idMatrix, type NamedArrays, type ScoreFn } from '@losslab/core';
import { usersOf } from './rows.ts';
import type { Pools } from './srns-pools.ts';
import { loadInto } from './state.ts';

/** Epochs that a standard deviation is over. */
const EPOCHS = 5;
/** Pairs that are scored at a time. */
const BLOCK = 2 ** 17;

/** Scores of every pool, and of every observed positive, at the ends of the last epochs. */
export class ScoreHistory {
  readonly #pools: Pools;
  readonly #train: Interactions | undefined;
  readonly #trainUsers: Int32Array;
  readonly #ofPools: Float32Array; // [EPOCHS, users · pool], a ring
  readonly #ofPositives: Float32Array; // [EPOCHS, positives]
  /** The epoch that has begun, −1 before the first; the epochs that have ended. */
  readonly #clock = Int32Array.of(-1, 0);

  constructor(pools: Pools, train: Interactions | undefined) {
    this.#pools = pools;
    this.#train = train;
    this.#trainUsers = train ? usersOf(train) : new Int32Array(0);
    this.#ofPools = new Float32Array(EPOCHS * pools.items.length);
    this.#ofPositives = new Float32Array(EPOCHS * (train?.indices.length ?? 0));
  }

  /** Epochs that have ended since the sampler began. */
  get ended(): number {
    return this.#clock[1]!;
  }

  /** Scores everything once where an epoch has ended since the last call. */
  begin(epoch: number, score: ScoreFn): void {
    const [current, ended] = this.#clock as unknown as [number, number];
    if (epoch === current) return;
    this.#clock[0] = epoch;
    if (current < 0) return;
    const { userCount, size, items } = this.#pools;
    const slot = ended % EPOCHS;
    const users = Int32Array.from({ length: userCount }, (_, u) => u);
    scoreAll(users, idMatrix(items, size, userCount), score, this.#ofPools.subarray(slot * items.length));
    if (this.#train) {
      const { indices } = this.#train;
      const into = this.#ofPositives.subarray(slot * indices.length);
      scoreAll(this.#trainUsers, idMatrix(indices, 1, indices.length), score, into);
    }
    this.#clock[1] = ended + 1;
  }

  /**
   * sd of σ(s(u,k) − s(u,i)) over the ended epochs, 0 before the second.
   * @param position of k in the user's pool
   * @param positive where i stands in the training part; −1: s(u,i) is 0
   */
  deviation(user: number, position: number, positive: number): number {
    const epochs = Math.min(EPOCHS, this.ended);
    const place = user * this.#pools.size + position;
    let [sum, squares] = [0, 0];
    const values = new Float64Array(epochs);
    for (let e = 0; e < epochs; e++) {
      const reference = positive < 0 ? 0 : this.#ofPositives[e * this.#trainUsers.length + positive]!;
      values[e] = 1 / (1 + Math.exp(reference - this.#ofPools[e * this.#pools.items.length + place]!));
      sum += values[e]!;
    }
    for (const value of values) squares += (value - sum / epochs) ** 2;
    return epochs === 0 ? 0 : Math.sqrt(squares / epochs);
  }

  /** Where user u's observed positive stands in the train part; −1 where none is observed. */
  placeOf(user: number, item: number): number {
    if (this.#train === undefined) return -1;
    const { indptr, indices } = this.#train;
    return indices.indexOf(item, indptr[user]!);
  }

  state(): NamedArrays {
    const shape = [EPOCHS, this.#pools.userCount, this.#pools.size];
    return {
      clock: { shape: [2], data: this.#clock.slice() },
      pools: { shape, data: this.#ofPools.slice() },
      positives: { shape: [EPOCHS, this.#trainUsers.length], data: this.#ofPositives.slice() },
    };
  }

  load(state: NamedArrays): void {
    loadInto(this.#clock, state, 'clock');
    loadInto(this.#ofPools, state, 'pools');
    loadInto(this.#ofPositives, state, 'positives');
  }
}

/** Scores of items [users, columns] into `out`, in blocks. */
function scoreAll(users: Int32Array, { data, columns }: IdMatrix, score: ScoreFn, out: Float32Array): void {
  const rows = Math.max(1, Math.floor(BLOCK / columns));
  for (let from = 0; from < users.length; from += rows) {
    const block = users.subarray(from, from + rows);
    const items = data.subarray(from * columns, (from + block.length) * columns);
    out.set(score(block, idMatrix(items, columns, block.length)), from * columns);
  }
}
