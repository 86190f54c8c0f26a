import * as tf from '@tensorflow/tfjs';
import { invoke, setKernel } from '../kernel.ts';
import { type AdagradStep, type AdamStep, applyAdagrad, applyAdam } from './apply.ts';
import { TENSORFLOW } from './library.ts';

const ADAM = 'LosslabApplyAdam';
const ADAGRAD = 'LosslabApplyAdagrad';

export const hasNativeApply = (): boolean => tf.getKernel(ADAM, tf.getBackend()) !== undefined;

/** As `applyAdam`, counted by tfjs as any kernel; where `hasNativeApply()`. */
export function nativeAdam({ parameter, gradient, m, v, ...rates }: AdamStep): tf.Tensor[] {
  return invoke(ADAM, { parameter, gradient, m, v }, rates);
}

/** As `applyAdagrad`, counted by tfjs as any kernel; where `hasNativeApply()`. */
export function nativeAdagrad({ parameter, gradient, sum, ...rates }: AdagradStep): tf.Tensor[] {
  return invoke(ADAGRAD, { parameter, gradient, sum }, rates);
}

export function registerNativeApply(): void {
  const set = <Step>(name: string, apply: (step: Step) => tf.Tensor[]): void =>
    setKernel<object>(name, TENSORFLOW, ({ inputs, attrs }) => apply({ ...inputs, ...attrs } as Step));
  set<AdamStep>(ADAM, applyAdam);
  set<AdagradStep>(ADAGRAD, applyAdagrad);
}
