import * as tf from '@tensorflow/tfjs';
import { run, runForEffect } from './library.ts';

let made = 0;

/**
 * Gives `work` variables of libtensorflow's that start at `values`, and returns what they hold afterwards. Nothing is copied on
 * the way in or out, and what the variables started from stays as it is: an op that changes one copies it first.
 */
function withVariables(values: readonly tf.Tensor[], work: (variables: readonly tf.Tensor[]) => void): tf.Tensor[] {
  const variables = values.map((value) => {
    const attributes = { container: { text: '' }, shared_name: { text: `losslab-${made++}` }, shape: value.shape };
    const variable = run('VarHandleOp', { ...attributes, dtype: 'float32' }, []);
    runForEffect('AssignVariableOp', { dtype: 'float32' }, [variable, value]);
    return variable;
  });
  try {
    work(variables);
    return variables.map((variable) => run('ReadVariableOp', { dtype: 'float32' }, [variable]));
  } finally {
    for (const variable of variables) {
      runForEffect('DestroyResourceOp', { ignore_lookup_error: true }, [variable]);
      variable.dispose();
    }
  }
}

const scalars = (...numbers: number[]): tf.Scalar[] => numbers.map((x) => tf.scalar(x));

export interface AdamStep {
  readonly parameter: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly m: tf.Tensor;
  readonly v: tf.Tensor;
  /** η √(1 − β₂ᵗ) / (1 − β₁ᵗ) */
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Outside the root of the uncorrected v: ε √(1 − β₂ᵗ). */
  readonly epsilon: number;
}

/** Adam in one pass, [parameter, m, v]. The corrections for bias are in `rate` and `epsilon`, in float64, so TensorFlow's are 1. */
export function applyAdam({ parameter, gradient, m, v, rate, beta1, beta2, epsilon }: AdamStep): tf.Tensor[] {
  const attributes = { T: 'float32', use_locking: false, use_nesterov: false } as const;
  return withVariables([parameter, m, v], (variables) => {
    const numbers = scalars(0, 0, rate, beta1, beta2, epsilon);
    runForEffect('ResourceApplyAdam', attributes, [...variables, ...numbers, gradient]);
    tf.dispose(numbers);
  });
}

export interface AdagradStep {
  readonly parameter: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly sum: tf.Tensor;
  readonly rate: number;
  readonly epsilon: number;
}

/** Adagrad in one pass, [parameter, sum]. */
export function applyAdagrad({ parameter, gradient, sum, rate, epsilon }: AdagradStep): tf.Tensor[] {
  const attributes = { T: 'float32', use_locking: false, update_slots: true } as const;
  return withVariables([parameter, sum], (variables) => {
    const numbers = scalars(rate, epsilon);
    runForEffect('ResourceApplyAdagradV2', attributes, [...variables, ...numbers, gradient]);
    tf.dispose(numbers);
  });
}
