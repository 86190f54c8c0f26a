import * as tf from '@tensorflow/tfjs';

/** The tfjs backend of both libtensorflow packages. */
export const TENSORFLOW = 'tensorflow';

type Dtype = 'float32' | 'int32';

/** An op's attribute: a truth, a whole number, an element type, a shape or a text. */
export type Attribute = boolean | number | Dtype | readonly number[] | { readonly text: string };

interface Binding {
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  createTensor(shape: readonly number[], dtype: number, values: Int32Array): Handle;
  deleteTensor(id: Handle): void;
  executeOp(name: string, attributes: object[], inputs: Handle[], outputs: number): { readonly id: Handle }[];
}

/** A tensor on libtensorflow's side; those of types that tfjs does not know (int64, sparse matrices) are only that. */
export type Handle = number;

interface NodeBackend {
  readonly binding: Binding;
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): Handle[];
  createOutputTensor(output: object): tf.Tensor;
}

/** tfjs-node's backend, which can do more than tfjs asks of it: any op of libtensorflow, by name. */
const backend = (): NodeBackend => tf.findBackend(TENSORFLOW) as unknown as NodeBackend;

const toAttribute = (b: Binding, value: Attribute): { type: number; value: unknown } => {
  if (typeof value === 'boolean') return { type: b.TF_ATTR_BOOL, value };
  if (typeof value === 'number') return { type: b.TF_ATTR_INT, value };
  if (typeof value === 'string') return { type: b.TF_ATTR_TYPE, value: value === 'int32' ? b.TF_INT32 : b.TF_FLOAT };
  return 'text' in value ? { type: b.TF_ATTR_STRING, value: value.text } : { type: b.TF_ATTR_SHAPE, value };
};

const isHandle = (input: tf.TensorInfo | Handle): input is Handle => typeof input === 'number';

function execute(
  op: string,
  attributes: Readonly<Record<string, Attribute>>,
  inputs: readonly (tf.TensorInfo | Handle)[],
  outputs: number,
): { readonly id: Handle }[] {
  const { binding } = backend();
  const list = Object.entries(attributes).map(([name, value]) => ({ name, ...toAttribute(binding, value) }));
  const ids = inputs.map((input) => (isHandle(input) ? input : backend().getInputTensorIds([input])[0]!));
  return binding.executeOp(op, list, ids, outputs);
}

type Run<Out> = (
  op: string,
  attributes: Readonly<Record<string, Attribute>>,
  inputs: readonly (tf.TensorInfo | Handle)[],
) => Out;

/** Runs an op of libtensorflow for its one output, a tensor of tfjs. @throws Error of tfjs-node's binding */
export const run: Run<tf.Tensor> = (op, attributes, inputs) =>
  backend().createOutputTensor(execute(op, attributes, inputs, 1)[0]!);

/** For its one output, of whatever type; the caller releases it. */
export const runForHandle: Run<Handle> = (op, attributes, inputs) => execute(op, attributes, inputs, 1)[0]!.id;

/** For what it does. */
export const runForEffect: Run<void> = (op, attributes, inputs) => void execute(op, attributes, inputs, 0);

/** Whole numbers below 2³¹ as int64; the caller releases it. */
export function int64(values: ArrayLike<number>, shape: readonly number[]): Handle {
  const pairs = new Int32Array(2 * values.length); // low word first
  for (let i = 0; i < values.length; i++) pairs[2 * i] = values[i]!;
  const { binding } = backend();
  return binding.createTensor(shape, binding.TF_INT64, pairs);
}

export const release = (handle: Handle): void => backend().binding.deleteTensor(handle);
