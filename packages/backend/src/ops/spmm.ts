import * as tf from '@tensorflow/tfjs';
import { invoke, setGradient } from '../kernel.ts';
import type { EntryValues, SparseMatrix } from '../sparse/sparse-matrix.ts';
import type { SpmmOptions } from '../sparse/spmm.ts';

export const SPMM = 'LosslabSpmm';

export interface SpmmAttributes {
  readonly matrix: SparseMatrix;
  readonly transposed: boolean;
}

/** The entries' values, in both orders. */
export type ValueInputs = { readonly [Order in keyof EntryValues]: tf.TensorInfo };

export type SpmmInputs = { readonly x: tf.TensorInfo } & ValueInputs;

/** Whether the active backend has a kernel for it; elsewhere it is composed of stock ops. */
export const hasSpmm = (): boolean => tf.getKernel(SPMM, tf.getBackend()) !== undefined;

export function fusedSpmm({ matrix, x, transposed, values }: Required<SpmmOptions>): tf.Tensor2D {
  return invoke(SPMM, { x, ...values }, { matrix, transposed })[0] as tf.Tensor2D;
}

export function registerSpmmGradient(): void {
  setGradient<SpmmAttributes>(SPMM, {
    inputsToSave: ['byRows', 'byColumns'],
    thunks: ([dy], [byRows, byColumns], { matrix, transposed }) => ({
      x: () =>
        invoke(SPMM, { x: dy!, byRows: byRows!, byColumns: byColumns! }, { matrix, transposed: !transposed })[0]!,
    }),
  });
}
