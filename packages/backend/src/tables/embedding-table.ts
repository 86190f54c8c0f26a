import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { expected, translated } from '../errors.ts';
import { type Initialiser, initialCounter, initialValues } from '../initialisers.ts';
import { ready } from '../ops/register.ts';
import { RowGradient } from './row-gradient.ts';

export interface EmbeddingTableOptions {
  /** Tells its initial values and its arrays in a checkpoint apart: unique within a model. */
  readonly name: string;
  readonly rows: number;
  readonly dimension: number;
  readonly initialise: Initialiser;
  /** Initial values are a pure function of (seed, name), the same on every engine. */
  readonly seed: number;
}

/** What is owed to rows before they are read: a deferred optimizer's moves. */
export interface ReadHook {
  /** Makes rows current in place; all of them without ids. */
  inPlace(ids?: Int32Array): void;
  /** Makes a copy of all rows current, in the kernels' memory, and leaves the table as it is. */
  copy(values: Float32Array): void;
}

/** A table's rows in the kernels' memory, with the gradients of the rows that the step touched. */
export interface SharedRows {
  readonly values: Float32Array; // [rows, dimension]
  readonly gradient: RowGradient;
}

/**
 * Rows of float32 numbers, found by id: [rows, dimension]. On the engine `simd` it owns its rows and the gradients of the
 * rows that a step touches (a step costs what its batch costs); elsewhere it holds a tf.Variable with dense gradients. A
 * table belongs to the engine under which it was made.
 */
export class EmbeddingTable {
  readonly name: string;
  readonly rows: number;
  readonly dimension: number;
  readonly engine: string;
  /**
   * What ops take as their differentiable input: on `simd` a scalar that stands for the table, elsewhere the rows
   * themselves. Its gradient on `simd` is zero: the op adds into `shared.gradient` instead.
   */
  readonly anchor: tf.Variable;
  /** On `simd` only. */
  readonly shared: SharedRows | undefined;
  /** Called before rows are read; a deferred optimizer brings them up to date here. */
  readonly beforeRead = new Set<ReadHook>();

  constructor({ name, rows, dimension, initialise, seed }: EmbeddingTableOptions) {
    for (const [what, value] of Object.entries({ rows, dimension })) {
      if (!Number.isInteger(value) || value < 1) {
        throw expected(`${what} ≥ 1 of table ${name}`, String(value), 'pass a whole number', { where: what });
      }
    }
    ready();
    this.name = name;
    this.rows = rows;
    this.dimension = dimension;
    this.engine = tf.getBackend();
    if (this.engine === 'simd') {
      const view = translated(() => kernels().memory.f32(rows * dimension));
      this.shared = { values: view, gradient: new RowGradient(rows, dimension) };
      initialise(this.shared.values, rows, dimension, initialCounter(seed, name));
      this.anchor = tf.tidy(() => tf.variable(tf.scalar(0)));
    } else {
      const values = initialValues(initialise, { name, rows, dimension, seed });
      this.anchor = tf.tidy(() => tf.variable(tf.tensor2d(values, [rows, dimension])));
    }
  }

  /** A copy of all rows as they are to be read, [rows × dimension]. */
  values(): Float32Array {
    if (this.shared !== undefined && this.beforeRead.size > 0) return this.#currentValues(this.shared);
    this.prepareRead();
    return this.rawValues();
  }

  /** A copy of all rows as they are kept: a deferred optimizer may owe them moves. */
  rawValues(): Float32Array {
    this.checkEngine();
    return this.shared ? Float32Array.from(this.shared.values) : Float32Array.from(this.anchor.dataSync<'float32'>());
  }

  /** Replaces all rows. @throws LosslabError `bad-run` where the length is not rows × dimension */
  load(values: Float32Array): void {
    const { rows, dimension, name } = this;
    if (values.length !== rows * dimension) {
      const what = `${rows} × ${dimension} numbers for table ${name}`;
      throw expected(what, String(values.length), 'load what was saved from the same model', { code: 'bad-run' });
    }
    this.prepareRead(); // what is owed to the old rows is not owed to the new ones
    if (this.shared) this.shared.values.set(values);
    else tf.tidy(() => this.anchor.assign(tf.tensor2d(Float32Array.from(values), [rows, dimension])));
  }

  /** Makes rows current (all of them without ids). Whoever reads rows calls it first, with the ids it will read. */
  prepareRead(ids?: Int32Array): void {
    this.checkEngine();
    for (const hook of this.beforeRead) hook.inPlace(ids);
  }

  /** @throws LosslabError `engine` where another engine is active than the one it was made under */
  checkEngine(): void {
    const now = tf.getBackend();
    if (now === this.engine) return;
    const remedy = `select ${this.engine} again, or make the table after selecting ${now}`;
    throw expected(`engine ${this.engine}, where table ${this.name} was made`, now, remedy, { code: 'engine' });
  }

  #currentValues({ values }: SharedRows): Float32Array {
    this.checkEngine();
    const { memory, copy } = kernels();
    const view = translated(() => memory.f32(values.length));
    copy({ x: values, out: view });
    for (const hook of this.beforeRead) hook.copy(view);
    const current = Float32Array.from(view);
    memory.free(view);
    return current;
  }

  dispose(): void {
    this.anchor.dispose();
    if (this.shared === undefined) return;
    kernels().memory.free(this.shared.values);
    this.shared.gradient.dispose();
  }
}

/** What ops take on either side of a pair: a table, or rows that other ops computed, [rows, dimension]. */
export type Rows = EmbeddingTable | tf.Tensor2D;

export const rowCount = (rows: Rows): number => (rows instanceof EmbeddingTable ? rows.rows : rows.shape[0]);
export const width = (rows: Rows): number => (rows instanceof EmbeddingTable ? rows.dimension : rows.shape[1]);

/** The differentiable input that stands for `rows`. */
export const inputOf = (rows: Rows): tf.Tensor => (rows instanceof EmbeddingTable ? rows.anchor : rows);
