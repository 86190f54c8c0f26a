import type * as tf from '@tensorflow/tfjs';

/** An array with a name and a shape, as it is kept in a checkpoint. Row-major. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Float64Array;
}
export type NamedArrays = Readonly<Record<string, NamedArray>>;

/** What `Parameters.gradient` found: rows of the touched tables and dense gradients. Valid until the next call. */
export interface Gradients {
  /** Number of the call that made it; using a stale one throws. */
  readonly generation: number;
}

/** Values put aside by `save`, bit by bit. */
export interface Snapshot {
  dispose(): void;
}

/** Everything of a model that training moves. */
export interface Parameters {
  /** Empties the row buffers, runs `f` on the tape, and reads the loss back. */
  gradient(f: () => tf.Scalar): { loss: number; gradients: Gradients };
  /** Copies the values that `of` touches (all of them without it). */
  save(of?: Gradients): Snapshot;
  restore(snapshot: Snapshot): void;
  /**
   * Copies of all values as they are to be read, for export; with `raw`, as they are kept, for checkpoints: a deferred
   * optimizer, whose state belongs to them, may owe them moves.
   */
  arrays(options?: { raw?: boolean }): NamedArrays;
  /** @throws LosslabError `bad-run` where a name or a shape does not fit. */
  load(arrays: NamedArrays): void;
  dispose(): void;
}

/** Owns its moments; moves parameters in place. */
export interface Optimizer {
  readonly name: string;
  learningRate: number;
  /** How each table is updated: at every step as a whole, or its rows when they are read. The numbers are the same. */
  readonly passes?: Readonly<Record<string, 'dense' | 'deferred'>>;
  /** `scale` multiplies the gradients: −1 climbs. */
  apply(gradients: Gradients, options?: { scale?: number }): void;
  /** Moments and clocks as they are. */
  state(): NamedArrays;
  load(state: NamedArrays): void;
  dispose(): void;
}

/** Makes an optimizer over the parameters it is given: for procedures that need fresh inner ones. */
export type OptimizerFactory = (parameters: Parameters) => Optimizer;
