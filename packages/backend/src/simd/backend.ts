import { type Kernels, kernels, type View } from '@losslab/kernels';
import {
  type BackendValues,
  backend_util,
  type DataId,
  type DataType,
  MathBackendCPU,
  type TensorInfo,
} from '@tensorflow/tfjs';
import { translated } from '../errors.ts';

/** What the stock kernels find under a tensor's id: a view in the kernels' memory (encoded strings stay outside). */
interface TensorData {
  values: BackendValues;
  dtype: DataType;
  refCount: number;
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
}

const VIEW_OF = {
  float32: (of: Kernels, length: number): Float32Array => of.memory.f32(length),
  int32: (of: Kernels, length: number): Int32Array => of.memory.i32(length),
  bool: (of: Kernels, length: number): Uint8Array => of.memory.u8(length),
};

export type NumericType = keyof typeof VIEW_OF;

export function isNumeric(dtype: DataType): dtype is NumericType {
  return dtype in VIEW_OF;
}

/**
 * tfjs's own CPU backend with every tensor in the kernels' shared memory, so that kernels read and write tensors in place.
 * Stock kernels find typed arrays where they look for them; what they make is copied in. What a user reads is a copy.
 */
export class SimdBackend extends MathBackendCPU {
  readonly kernels: Kernels = kernels();
  /** Ids of living tensors' views, so that `dispose` can give them back. */
  readonly #views = new Map<object, View>();
  readonly #releases = new WeakMap<object, () => void>();
  /** Views to be freed when the running stock kernel is done. */
  #held: View[] | undefined;

  /** A new float32 tensor and its view, uninitialised. */
  allocate(shape: readonly number[], dtype: NumericType = 'float32'): TensorInfo & { view: Float32Array } {
    const view = this.#view(dtype, sizeOf(shape)) as Float32Array;
    return { dataId: this.#keep(view, dtype), shape: [...shape], dtype, view };
  }

  /** The values of a numeric tensor: a view, valid until the tensor is disposed. */
  view(tensor: TensorInfo): Float32Array {
    return (this.data.get(tensor.dataId) as TensorData).values as Float32Array;
  }

  /** Calls `release` once the data of `tensor` goes: for what an op keeps until its gradient has run. */
  whenDisposed(tensor: TensorInfo, release: () => void): void {
    this.#releases.set(tensor.dataId, release);
  }

  /**
   * Runs a stock kernel, which may read values that it has disposed of (the FFT family does) and may hand out a cast as a
   * mere relabelling (an int32 array under a float32 tensor).
   */
  runStock(kernel: () => TensorInfo | TensorInfo[]): TensorInfo | TensorInfo[] {
    if (this.#held !== undefined) return kernel();
    this.#held = [];
    try {
      const out = kernel();
      return Array.isArray(out) ? out.map((each) => this.#trueToType(each)) : this.#trueToType(out);
    } finally {
      const held = this.#held;
      this.#held = undefined;
      for (const view of held) this.kernels.memory.free(view);
    }
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    return this.#keep(this.#moveIn(values, shape, dtype), dtype);
  }

  override move(dataId: DataId, values: BackendValues, shape: number[], dtype: DataType, refCount: number): void {
    const moved = this.#moveIn(values, shape, dtype);
    if (isNumeric(dtype)) this.#views.set(dataId, moved as View);
    this.data.set(dataId, { values: moved, dtype, refCount } as never);
  }

  override readSync(dataId: DataId): BackendValues {
    const { values, dtype } = this.data.get(dataId) as TensorData;
    return isNumeric(dtype) ? (values as Float32Array).slice() : super.readSync(dataId);
  }

  override async read(dataId: DataId): Promise<BackendValues> {
    return this.readSync(dataId);
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const gone = super.disposeData(dataId, force);
    const view = gone && this.#views.get(dataId);
    if (view) {
      this.#views.delete(dataId);
      if (this.#held) this.#held.push(view);
      else this.kernels.memory.free(view);
    }
    if (gone) this.#releases.get(dataId)?.();
    return gone;
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: false, reasons: [] };
  }

  override dispose(): void {
    for (const view of this.#views.values()) this.kernels.memory.free(view);
    this.#views.clear();
  }

  #trueToType(tensor: TensorInfo): TensorInfo {
    const data = this.data.get(tensor.dataId) as TensorData;
    if (data.dtype === tensor.dtype || !isNumeric(tensor.dtype) || !isNumeric(data.dtype)) return tensor;
    const out = this.allocate(tensor.shape, tensor.dtype);
    out.view.set(data.values as Float32Array);
    this.disposeIntermediateTensorInfo(tensor);
    return out;
  }

  #moveIn(values: BackendValues, shape: number[], dtype: DataType): BackendValues {
    if (!isNumeric(dtype) || values === undefined || values === null) return values;
    const view = this.#view(dtype, Math.max(sizeOf(shape), values.length));
    view.set(values as Float32Array);
    return view as BackendValues;
  }

  #keep(values: BackendValues, dtype: DataType): DataId {
    const dataId = {};
    this.data.set(dataId, { values, dtype, refCount: 1 } as never);
    if (isNumeric(dtype) && values) this.#views.set(dataId, values as View);
    return dataId;
  }

  /** @throws LosslabError `out-of-memory` that says how much was wanted and what to lower. */
  #view(dtype: NumericType, length: number): View {
    return translated(() => VIEW_OF[dtype](this.kernels, length));
  }
}

/** Whether a tensor's values are float32. */
export function isFloat(tensor: TensorInfo): boolean {
  return tensor.dtype === 'float32';
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

export const { assertAndGetBroadcastShape } = backend_util;
