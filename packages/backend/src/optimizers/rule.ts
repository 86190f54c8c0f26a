import type { RowGradient as KernelGradient, Kernels } from '@losslab/kernels';
import type * as tf from '@tensorflow/tfjs';
import type { EmbeddingTable } from '../tables/embedding-table.ts';
import type { IdleMoves } from './idle-moves.ts';

/** What every optimizer takes. */
export interface CommonOptions {
  readonly learningRate: number;
  /** Coupled: λθ is added to the gradient. */
  readonly weightDecay: number;
}

/** One update of one parameter. */
export interface Update<State> {
  readonly state: Readonly<Record<string, State>>;
  readonly learningRate: number;
  readonly scale: number;
  /** Updates of this parameter so far, this one included. */
  readonly step: number;
}

export interface RowUpdate extends Update<Float32Array> {
  readonly parameter: Float32Array; // [rows, dim]
  readonly dim: number;
  /** Of the step's touched rows; of all rows without slots and ids. */
  readonly gradient: KernelGradient & { readonly ids?: Int32Array };
}

/** Of the rows of a table that the step touched. */
export interface TouchedUpdate extends RowUpdate {
  readonly gradient: KernelGradient & { readonly ids: Int32Array };
}

export interface DenseUpdate extends Update<tf.Tensor> {
  readonly parameter: tf.Tensor;
  /** Whether it is a table's rows: [rows, dim]. */
  readonly table: EmbeddingTable | undefined;
  /** Times scale, plus λθ. */
  readonly gradient: tf.Tensor;
  /** As the tape gave it. */
  readonly raw: tf.Tensor;
}

/** An optimizer's arithmetic: once on rows in the kernels' memory (`simd`), once in tfjs ops (elsewhere); the same numbers. */
export interface Rule {
  readonly name: string;
  /** Names of the arrays kept for each parameter, of the parameter's shape, zero at first. */
  readonly state: readonly string[];
  readonly options: CommonOptions;
  updateRows(k: Kernels, update: RowUpdate): void;
  /** Present where rows without gradient move too, and that can be put off until they are read. For one table. */
  idleMoves?(moments: Readonly<Record<string, Float32Array>>): IdleMoves;
  /** New values of the parameter and of each state array. */
  updateDense(update: DenseUpdate): { parameter: tf.Tensor; state: Readonly<Record<string, tf.Tensor>> };
}
