import type { UnaryOp } from '@losslab/kernels';
import { getKernel, type TensorInfo, util } from '@tensorflow/tfjs';
import { isFloat, type SimdBackend, sizeOf } from './backend.ts';
import { planBroadcast } from './broadcast.ts';
import { replaceKernel, SIMD } from './register.ts';

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
  const product = { ...attrs, m, k, n, batch: sizeOf(batch), out: out.view };
  backend.kernels.matmul({ ...product, a: backend.view(a), b: backend.view(b) });
  return out;
}

function last(shape: readonly number[], transposed: boolean): [number, number] {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  return transposed ? [columns, rows] : [rows, columns];
}

interface FusedAttributes extends MatMulAttributes {
  readonly activation?: string;
  readonly leakyreluAlpha: number;
}
interface FusedOperands extends Operands {
  readonly bias?: TensorInfo;
  readonly preluActivationWeights?: TensorInfo;
}

const IN_PLACE: Readonly<Record<string, UnaryOp>> = { relu: 'relu', sigmoid: 'sigmoid' };
const STOCK: Readonly<Record<string, string>> = { elu: 'Elu', relu6: 'Relu6', prelu: 'Prelu', leakyrelu: 'LeakyRelu' };

/** Product, then bias and activation in its place. */
function fusedMatMul(
  { a, b, bias, preluActivationWeights }: FusedOperands,
  attrs: FusedAttributes,
  backend: SimdBackend,
): TensorInfo | undefined {
  const { activation = 'linear', transposeA, transposeB, leakyreluAlpha } = attrs;
  const known = activation === 'linear' || activation in IN_PLACE || activation in STOCK;
  const product = known ? matMul({ a, b }, { transposeA, transposeB }, backend) : undefined;
  if (product === undefined) return undefined;
  if (bias !== undefined && !addInPlace(product, bias, backend)) {
    backend.disposeIntermediateTensorInfo(product);
    return undefined;
  }
  const view = backend.view(product);
  if (activation in IN_PLACE) backend.kernels.unary(IN_PLACE[activation]!, { x: view, out: view });
  if (!(activation in STOCK)) return product;
  const inputs = { x: product, ...(preluActivationWeights && { alpha: preluActivationWeights }) };
  const { kernelFunc } = getKernel(STOCK[activation]!, SIMD);
  const activated = kernelFunc({ inputs, attrs: { alpha: leakyreluAlpha }, backend }) as TensorInfo;
  backend.disposeIntermediateTensorInfo(product);
  return activated;
}

/** x += bias; false where the kernels cannot broadcast it so. */
function addInPlace(x: TensorInfo, bias: TensorInfo, backend: SimdBackend): boolean {
  const plan = isFloat(bias) && planBroadcast(x.shape, bias.shape, x.shape);
  if (!plan) return false;
  const left = backend.view(x);
  backend.kernels.binary('add', { left, right: backend.view(bias), out: left, ...plan });
  return true;
}

export function registerMatrices(): void {
  replaceKernel<Operands, MatMulAttributes>('BatchMatMul', ({ inputs, attrs, backend }) =>
    matMul(inputs, attrs, backend),
  );
  replaceKernel<FusedOperands, FusedAttributes>('_FusedMatMul', ({ inputs, attrs, backend }) =>
    fusedMatMul(inputs, attrs, backend),
  );
}
