import { type Kernels, kernels, type View } from '@losslab/kernels';

/** Views in the kernels' memory that are freed together. */
export class Scratch {
  readonly #memory: Kernels['memory'] = kernels().memory;
  readonly #views: View[] = [];

  f32(length: number): Float32Array {
    return this.#keep(this.#memory.f32(length));
  }

  copyOf<V extends Float32Array | Int32Array>(values: V): V {
    return this.#keep(this.#memory.copyOf(values));
  }

  free(): void {
    for (const view of this.#views.splice(0)) this.#memory.free(view);
  }

  #keep<V extends View>(view: V): V {
    this.#views.push(view);
    return view;
  }
}
