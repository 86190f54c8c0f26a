import type { BinaryOp, CompareOp, UnaryOp } from '@losslab/kernels';
import type { TensorInfo } from '@tensorflow/tfjs';
import { assertAndGetBroadcastShape, isFloat, type SimdBackend, sizeOf } from './backend.ts';
import { planBroadcast } from './broadcast.ts';
import { replaceKernel } from './register.ts';

/** tfjs kernel → ours, on float32. */
const UNARY: Readonly<Record<string, UnaryOp>> = {
  Neg: 'neg',
  Abs: 'abs',
  Square: 'square',
  Sqrt: 'sqrt',
  Rsqrt: 'rsqrt',
  Reciprocal: 'reciprocal',
  Exp: 'exp',
  Expm1: 'expm1',
  Log: 'log',
  Log1p: 'log1p',
  Sigmoid: 'sigmoid',
  Softplus: 'softplus',
  Tanh: 'tanh',
  Relu: 'relu',
  Floor: 'floor',
  Ceil: 'ceil',
  Round: 'round',
};

const BINARY: Readonly<Record<string, BinaryOp>> = {
  Add: 'add',
  Sub: 'sub',
  Multiply: 'mul',
  RealDiv: 'div',
  Maximum: 'maximum',
  Minimum: 'minimum',
  SquaredDifference: 'squaredDifference',
};

const COMPARE: Readonly<Record<string, CompareOp>> = {
  Equal: 'equal',
  NotEqual: 'notEqual',
  Less: 'less',
  LessEqual: 'lessEqual',
  Greater: 'greater',
  GreaterEqual: 'greaterEqual',
};

type Two = { a: TensorInfo; b: TensorInfo };

export function unary(op: UnaryOp, x: TensorInfo, backend: SimdBackend): TensorInfo {
  const out = backend.allocate(x.shape);
  backend.kernels.unary(op, { x: backend.view(x), out: out.view });
  return out;
}

/** undefined where the operands are not float32 or meet in a way that the kernels do not know. */
export function binary(op: BinaryOp, { a, b }: Two, backend: SimdBackend): TensorInfo | undefined {
  const plan = planFor(a, b);
  if (plan === undefined) return undefined;
  const out = backend.allocate(plan.shape);
  backend.kernels.binary(op, { left: backend.view(a), right: backend.view(b), out: out.view, ...plan });
  return out;
}

function compare(op: CompareOp, { a, b }: Two, backend: SimdBackend): TensorInfo | undefined {
  const plan = planFor(a, b);
  if (plan === undefined) return undefined;
  const out = backend.allocate(plan.shape, 'bool');
  const view = out.view as unknown as Uint8Array;
  backend.kernels.compare(op, { left: backend.view(a), right: backend.view(b), out: view, ...plan });
  return out;
}

function planFor(a: TensorInfo, b: TensorInfo) {
  if (!isFloat(a) || !isFloat(b)) return undefined;
  const shape = assertAndGetBroadcastShape(a.shape, b.shape);
  if (sizeOf(shape) === 0) return undefined;
  const plan = planBroadcast(a.shape, b.shape, shape);
  return plan && { ...plan, shape };
}

/** 1 above 0, `alpha` elsewhere, NaN of NaN: the slope of ReLU is all that the kernel knows. */
function step(x: TensorInfo, { alpha }: { alpha: number }, backend: SimdBackend): TensorInfo | undefined {
  return isFloat(x) && alpha === 0 ? unary('step', x, backend) : undefined;
}

export function registerElementwise(): void {
  replaceKernel<{ x: TensorInfo }, { alpha: number }>('Step', ({ inputs: { x }, attrs, backend }) =>
    step(x, attrs, backend),
  );
  for (const [name, op] of Object.entries(UNARY)) {
    replaceKernel<{ x: TensorInfo }, unknown>(name, ({ inputs: { x }, backend }) =>
      isFloat(x) ? unary(op, x, backend) : undefined,
    );
  }
  for (const [name, op] of Object.entries(BINARY)) {
    replaceKernel<Two, unknown>(name, ({ inputs, backend }) => binary(op, inputs, backend));
  }
  for (const [name, op] of Object.entries(COMPARE)) {
    replaceKernel<Two, unknown>(name, ({ inputs, backend }) => compare(op, inputs, backend));
  }
}
