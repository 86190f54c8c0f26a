import type { UnaryOp } from '@losslab/kernels';
import type * as tf from '@tensorflow/tfjs';
import { type Call, setKernel } from '../kernel.ts';
import type { LogSumExpAttributes } from '../ops/log-sum-exp.ts';
import { SIMD, type SimdBackend } from '../simd/index.ts';
import { borrowing } from './workspace.ts';

/** The ops on scores that losses are made of, in one pass over the shared memory. */

type SimdCall<Attributes = object> = Call<Attributes> & { readonly backend: SimdBackend };

type Need<Names extends string> = Readonly<Record<Names, tf.Tensor>>;

const columnsOf = (x: tf.TensorInfo): number => x.shape.at(-1)!;

function logSumExp({ inputs, attrs, backend }: SimdCall<LogSumExpAttributes>): tf.TensorInfo {
  const { x } = inputs as Need<'x'>;
  const out = backend.allocate(x.shape.slice(0, -1));
  const op = attrs.mean ? 'logMeanExp' : 'logSumExp';
  const { temperature } = attrs;
  backend.kernels.reduceRows(op, { x: backend.view(x), columns: columnsOf(x), out: out.view, temperature });
  return out;
}

function logSumExpGradient({ inputs, attrs, backend }: SimdCall<LogSumExpAttributes>): tf.TensorInfo {
  const { x, lse, dy } = inputs as Need<'x' | 'lse' | 'dy'>;
  const columns = columnsOf(x);
  const out = backend.allocate(x.shape);
  borrowing(backend.kernels, (space) => {
    const share = space.f32(x.shape[0]!);
    const given = backend.view(dy);
    for (let row = 0; row < share.length; row++) share[row] = attrs.mean ? given[row]! / columns : given[row]!;
    const from = { x: backend.view(x), lse: backend.view(lse), dy: share };
    backend.kernels.logSumExpGradient({ ...from, columns, out: out.view, temperature: attrs.temperature });
  });
  return out;
}

function softmax({ inputs, backend }: SimdCall): tf.TensorInfo {
  const { x } = inputs as Need<'x'>;
  const out = backend.allocate(x.shape);
  backend.kernels.softmax({ x: backend.view(x), columns: columnsOf(x), out: out.view });
  return out;
}

function softmaxGradient({ inputs, backend }: SimdCall): tf.TensorInfo {
  const { y, dy } = inputs as Need<'y' | 'dy'>;
  const out = backend.allocate(y.shape);
  const columns = columnsOf(y);
  backend.kernels.softmaxGradient({ y: backend.view(y), dy: backend.view(dy), columns, out: out.view });
  return out;
}

function softmaxMean({ inputs, attrs, backend }: SimdCall<{ temperature: number }>): tf.TensorInfo {
  const { x } = inputs as Need<'x'>;
  const out = backend.allocate(x.shape.slice(0, -1));
  const { temperature } = attrs;
  backend.kernels.softmaxMean({ x: backend.view(x), columns: columnsOf(x), out: out.view, temperature });
  return out;
}

function softmaxMeanGradient({ inputs, attrs, backend }: SimdCall<{ temperature: number }>): tf.TensorInfo {
  const { x, dy } = inputs as Need<'x' | 'dy'>;
  const out = backend.allocate(x.shape);
  const from = { x: backend.view(x), dy: backend.view(dy) };
  const { temperature } = attrs;
  backend.kernels.softmaxMeanGradient({ ...from, columns: columnsOf(x), out: out.view, temperature });
  return out;
}

const unary =
  (op: UnaryOp) =>
  ({ inputs, backend }: SimdCall): tf.TensorInfo => {
    const { x } = inputs as Need<'x'>;
    const out = backend.allocate(x.shape);
    backend.kernels.unary(op, { x: backend.view(x), out: out.view });
    return out;
  };

export function registerScoreOps(): void {
  const set = <A>(name: string, kernel: (call: SimdCall<A>) => tf.TensorInfo): void =>
    setKernel<A>(name, SIMD, (call) => kernel(call as SimdCall<A>));
  set('LosslabLogSumExp', logSumExp);
  set('LosslabLogSumExpGradient', logSumExpGradient);
  set('LosslabSoftmax', softmax);
  set('LosslabSoftmaxGradient', softmaxGradient);
  set('LosslabSoftmaxMean', softmaxMean);
  set('LosslabSoftmaxMeanGradient', softmaxMeanGradient);
  set('LosslabSoftplus', unary('softplus'));
  set('LosslabLogSigmoid', unary('logSigmoid'));
}
