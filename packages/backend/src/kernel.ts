import * as tf from '@tensorflow/tfjs';

/**
 * What tfjs's own types refuse: tables and typed arrays as attributes of a kernel, and kernels of one's own by name. The
 * casts live here and nowhere else.
 */
export type Inputs = Readonly<Record<string, tf.Tensor>>;

export interface Call<Attributes> {
  readonly inputs: Inputs;
  readonly attrs: Attributes;
}

type Result = tf.TensorInfo | tf.TensorInfo[];

/** Registers `kernel` on `backendName`, in place of one that is there. */
export function setKernel<Attributes>(
  kernelName: string,
  backendName: string,
  kernel: (call: Call<Attributes> & { readonly backend: unknown }) => Result,
): void {
  if (tf.getKernel(kernelName, backendName) !== undefined) tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({ kernelName, backendName, kernelFunc: kernel as unknown as tf.KernelFunc });
}

export interface Gradient<Attributes> {
  readonly inputsToSave?: string[];
  readonly outputsToSave?: boolean[];
  /** `saved`: inputs, then outputs. One thunk an input: it runs only where that input's gradient is wanted. */
  readonly thunks: (
    dys: tf.Tensor[],
    saved: tf.Tensor[],
    attrs: Attributes,
  ) => Readonly<Record<string, () => tf.Tensor>>;
}

/** Registers the gradient of a kernel, shared by all backends. */
export function setGradient<Attributes>(kernelName: string, gradient: Gradient<Attributes>): void {
  const { inputsToSave = [], outputsToSave = [], thunks } = gradient;
  const gradFunc = (dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[], attrs: unknown) =>
    thunks(Array.isArray(dy) ? dy : [dy], saved, attrs as Attributes);
  if (tf.getGradient(kernelName) !== undefined) tf.unregisterGradient(kernelName);
  tf.registerGradient({ kernelName, inputsToSave, outputsToSave, gradFunc: gradFunc as unknown as tf.GradFunc });
}

/** Runs a kernel of the active backend, on the tape; all its outputs. */
export function invoke(kernelName: string, inputs: Inputs, attrs: object = {}): tf.Tensor[] {
  const run = tf.engine().runKernel.bind(tf.engine()) as (
    name: string,
    inputs: Inputs,
    attrs: object,
  ) => tf.Tensor | tf.Tensor[];
  const out = run(kernelName, inputs, attrs);
  return Array.isArray(out) ? out : [out];
}
