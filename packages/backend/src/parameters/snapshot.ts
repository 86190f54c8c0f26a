import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { EmbeddingTable, type SharedRows } from '../tables/embedding-table.ts';
import { type Parameter, tapeVariable } from './parameter-group.ts';
import type { ParameterGradient } from './step-gradients.ts';

/** Values of one parameter put aside, bit by bit. */
export interface Saved {
  restore(): void;
  dispose(): void;
}

/** Saves the rows that `gradient` touches, or everything where there is none or it is dense. */
export function saveParameter(parameter: Parameter, gradient: ParameterGradient | undefined): Saved {
  if (parameter instanceof EmbeddingTable && parameter.shared !== undefined) {
    const ids = gradient === undefined ? undefined : parameter.shared.gradient.ids;
    return saveRows(parameter, parameter.shared, ids);
  }
  return saveVariable(tapeVariable(parameter));
}

function saveRows(table: EmbeddingTable, shared: SharedRows, ids: Int32Array | undefined): Saved {
  const { memory, ...k } = kernels();
  const all = shared.values;
  const { dimension } = table;
  table.prepareRead(ids);
  if (ids === undefined) {
    const copy = memory.f32(all.length);
    k.copy({ x: all, out: copy });
    const restore = (): void => {
      table.prepareRead();
      k.copy({ x: copy, out: all });
    };
    return { restore, dispose: () => memory.free(copy) };
  }
  const list = memory.copyOf(ids);
  const copy = memory.f32(ids.length * dimension);
  k.gatherRows({ table: all, dim: dimension, ids: list, out: copy });
  return {
    restore() {
      table.prepareRead(list);
      k.scatterRows({ source: copy, dim: dimension, ids: list, out: all });
    },
    dispose() {
      memory.free(list);
      memory.free(copy);
    },
  };
}

function saveVariable(variable: tf.Variable): Saved {
  const copy = tf.keep(tf.clone(variable as tf.Tensor));
  return {
    restore: () => tf.tidy(() => variable.assign(tf.clone(copy))),
    dispose: () => copy.dispose(),
  };
}
