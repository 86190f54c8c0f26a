import type * as tf from '@tensorflow/tfjs';
import { invoke, setGradient, setKernel } from '../kernel.ts';
import type { ValueInputs } from '../ops/spmm.ts';
import { SIMD, type SimdBackend } from '../simd/index.ts';
import type { PropagationOptions } from '../sparse/propagation.ts';
import { propagationGradient } from './propagation-gradient.ts';
import { isTransposed, layerRows, type PropagationAttributes, wanted } from './propagation-layers.ts';
import { simdBackend, valuesOf } from './source.ts';
import { sparseRows } from './spmm.ts';
import { borrowing } from './workspace.ts';

const NAME = 'LosslabPropagation';

interface PropagationCall {
  readonly inputs: { readonly anchor: tf.TensorInfo } & ValueInputs;
  readonly attrs: PropagationAttributes;
  readonly backend: SimdBackend;
}

export function fusedPropagation({ values, ...attrs }: Required<PropagationOptions>): tf.Tensor2D[] {
  return invoke(NAME, { anchor: attrs.table.anchor, ...values }, attrs) as tf.Tensor2D[];
}

function forward({ inputs, attrs, backend }: PropagationCall): tf.TensorInfo[] {
  const k = backend.kernels;
  const { table, matrix, layers } = attrs;
  const dim = table.dimension;
  const outs = Array.from({ length: layers + 1 }, (_, layer) => backend.allocate([wanted(attrs, layer).length, dim]));
  borrowing(k, (space) => {
    const lists = [space.resident(attrs.ownRows), space.resident(attrs.otherRows)];
    let x = valuesOf(backend, table, inputs.anchor);
    k.gatherRows({ table: x, dim, ids: lists[0]!, out: outs[0]!.view });
    for (let layer = 1; layer <= layers; layer++) {
      const a = sparseRows(backend, matrix, isTransposed(attrs, layer), inputs);
      const list = lists[layer % 2]!;
      const out = outs[layer]!.view;
      if (layer === layers) {
        k.spmmListed({ a, x, list, dim, out });
      } else {
        const whole = space.f32(layerRows(attrs, layer) * dim);
        k.spmm({ a, x, dim, out: whole });
        k.gatherRows({ table: whole, dim, ids: list, out });
        x = whole;
      }
    }
  });
  return outs;
}

export function registerPropagation(): void {
  setKernel(NAME, SIMD, (call) => forward(call as unknown as PropagationCall));
  setGradient<PropagationAttributes>(NAME, {
    inputsToSave: ['byRows', 'byColumns'],
    thunks: (dys, [byRows, byColumns], attrs) => ({
      anchor: () => propagationGradient(simdBackend(), dys, { byRows: byRows!, byColumns: byColumns! }, attrs),
    }),
  });
}
