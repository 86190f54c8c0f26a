import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { isFloat, type SimdBackend, sizeOf } from './backend.ts';
import { binary } from './elementwise.ts';
import { replaceKernel } from './register.ts';

interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

interface Operands {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

/** a · b over the last two dimensions, the leading ones equal or 1. */
function matMul({ a, b }: Operands, attrs: MatMulAttributes, backend: SimdBackend): TensorInfo | undefined {
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const shared = sizeOf(batchA) === 1 || sizeOf(batchB) === 1 || util.arraysEqual(batchA, batchB);
  if (!isFloat(a) || !isFloat(b) || !shared || sizeOf(a.shape) === 0 || sizeOf(b.shape) === 0) return undefined;
  const [m, k] = last(a.shape, attrs.transposeA);
  const [depth, n] = last(b.shape, attrs.transposeB);
  util.assert(
    k === depth,
    () =>
      `Error in matMul: inner shapes (${k}) and (${depth}) of Tensors with shapes ${a.shape} and ${b.shape} must match.`,
  );
  const batch = batchA.length >= batchB.length && sizeOf(batchA) >= sizeOf(batchB) ? batchA : batchB;
  const out = backend.allocate([...batch, m, n]);
  const [x, y] = [backend.view(a), backend.view(b)];
  for (let at = 0; at < sizeOf(batch); at++) {
    const atA = sizeOf(batchA) === 1 ? 0 : at;
    const atB = sizeOf(batchB) === 1 ? 0 : at;
    backend.kernels.matmul({
      ...attrs,
      a: x.subarray(atA * m * k, (atA + 1) * m * k),
      b: y.subarray(atB * k * n, (atB + 1) * k * n),
      m,
      k,
      n,
      out: out.view.subarray(at * m * n, (at + 1) * m * n),
    });
  }
  return out;
}

function last(shape: readonly number[], transposed: boolean): [number, number] {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  return transposed ? [columns, rows] : [rows, columns];
}

interface FusedAttributes extends MatMulAttributes {
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
}
interface FusedOperands extends Operands {
  readonly bias?: TensorInfo;
  readonly preluActivationWeights?: TensorInfo;
}

/** Product and bias in the kernels; activations other than relu and sigmoid are the stock kernel's. */
function fusedMatMul(
  { a, b, bias }: FusedOperands,
  attrs: FusedAttributes,
  backend: SimdBackend,
): TensorInfo | undefined {
  const { activation = 'linear' } = attrs;
  if (!['linear', 'relu', 'sigmoid'].includes(activation)) return undefined;
  const { transposeA, transposeB } = attrs;
  const product = matMul({ a, b }, { transposeA, transposeB }, backend);
  if (product === undefined) return undefined;
  const biased = bias ? binary('add', { a: product, b: bias }, backend) : product;
  if (biased !== product) backend.disposeIntermediateTensorInfo(product);
  if (biased !== undefined && activation !== 'linear') {
    const view = backend.view(biased);
    backend.kernels.unary(activation as 'relu' | 'sigmoid', { x: view, out: view });
  }
  return biased;
}

export function registerMatrices(): void {
  replaceKernel<Operands, MatMulAttributes>('BatchMatMul', ({ inputs, attrs, backend }) =>
    matMul(inputs, attrs, backend),
  );
  replaceKernel<FusedOperands, FusedAttributes>('_FusedMatMul', ({ inputs, attrs, backend }) =>
    fusedMatMul(inputs, attrs, backend),
  );
}
