import type { Kernels, View } from '@losslab/kernels';
import { translated } from '../errors.ts';

/** Views in the kernels' memory, and what else is given back with them. */
export class Workspace {
  readonly kernels: Kernels;
  readonly #views: View[] = [];
  readonly #others: (() => void)[] = [];

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  f32(length: number): Float32Array {
    return this.#own(() => this.kernels.memory.f32(length));
  }

  i32(length: number): Int32Array {
    return this.#own(() => this.kernels.memory.i32(length));
  }

  /** `ids` themselves where they lie in the memory, else a copy. */
  resident(ids: Int32Array): Int32Array {
    return this.kernels.memory.owns(ids) ? ids : this.#own(() => this.kernels.memory.copyOf(ids));
  }

  /** Runs `free` on release. */
  defer(free: () => void): void {
    this.#others.push(free);
  }

  release(): void {
    for (const free of this.#others.splice(0)) free();
    for (const view of this.#views.splice(0)) this.kernels.memory.free(view);
  }

  #own<T extends View>(make: () => T): T {
    const view = translated(make);
    this.#views.push(view);
    return view;
  }
}

/** Runs `f` with a workspace that is released afterwards. */
export function borrowing<R>(kernels: Kernels, f: (space: Workspace) => R): R {
  const space = new Workspace(kernels);
  try {
    return f(space);
  } finally {
    space.release();
  }
}

/** Runs `f` with a workspace that the caller keeps, unless `f` throws. */
export function keeping<R>(kernels: Kernels, f: (space: Workspace) => R): R {
  const space = new Workspace(kernels);
  try {
    return f(space);
  } catch (error) {
    space.release();
    throw error;
  }
}

/** 0, 1, 2 ... */
export function counting(out: Int32Array): Int32Array {
  for (let i = 0; i < out.length; i++) out[i] = i;
  return out;
}
