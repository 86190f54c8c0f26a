import type { Kernels } from '@losslab/kernels';

type Memory = Kernels['memory'];

/**
 * Where kernels write a batch: straight into the arrays of a batch that is used again where those lie in the kernels' memory
 * and are long enough, else into scratch of the sampler's own, which is copied out.
 */
export class Buffers {
  readonly #memory: Memory;
  readonly #scratch = new Map<string, Int32Array>();

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** `length` elements to write to. Contents are undefined. */
  target(name: string, length: number, reused?: Int32Array): Int32Array {
    if (reused !== undefined && reused.length >= length && this.#memory.owns(reused)) return reused.subarray(0, length);
    return this.scratch(name, length);
  }

  /** Whether `target` is the batch's own, so that what is written there later arrives too. */
  isTarget(target: Int32Array, reused: Int32Array | undefined): boolean {
    return reused !== undefined && reused.buffer === target.buffer && reused.byteOffset === target.byteOffset;
  }

  /** `target` as a batch may keep it. */
  result(target: Int32Array, reused?: Int32Array): Int32Array {
    if (this.isTarget(target, reused)) return target;
    if (reused === undefined || reused.length < target.length) return new Int32Array(target);
    const out = reused.subarray(0, target.length);
    out.set(target);
    return out;
  }

  /** Elements that no batch keeps. */
  scratch(name: string, length: number): Int32Array {
    let view = this.#scratch.get(name);
    if (view === undefined || view.length < length) {
      if (view !== undefined) this.#memory.free(view);
      this.#scratch.delete(name);
      view = this.#memory.i32(length);
      this.#scratch.set(name, view);
    }
    return view.subarray(0, length);
  }

  dispose(): void {
    for (const view of this.#scratch.values()) this.#memory.free(view);
    this.#scratch.clear();
  }
}
