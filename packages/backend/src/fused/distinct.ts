import type { Kernels } from '@losslab/kernels';
import type { Workspace } from './workspace.ts';

/** Slots of the longest table yet, all −1 between uses. */
let slots: Int32Array | undefined;
let owner: Kernels | undefined;

function slotsFor(k: Kernels, rows: number): Int32Array {
  if (slots === undefined || owner !== k || slots.length < rows) {
    if (slots !== undefined && owner !== undefined) owner.memory.free(slots);
    slots = k.memory.i32(rows);
    slots.fill(-1);
    owner = k;
  }
  return slots;
}

export interface Distinct {
  readonly list: Int32Array; // [count], in no stated order
  readonly positions: Int32Array; // [n], into list
}

/** The distinct ones of `ids` [n], each in [0, rows); both arrays belong to `space`. */
export function distinctOf(space: Workspace, ids: Int32Array, rows: number): Distinct {
  const k = space.kernels;
  if (ids.length >= rows) {
    const list = space.i32(rows);
    const positions = space.i32(ids.length);
    const count = k.distinctUpwards({ ids, rows, list, positions });
    return count === rows ? { list, positions: ids } : { list: list.subarray(0, count), positions };
  }
  const table = slotsFor(k, rows).subarray(0, rows);
  const room = space.i32(Math.min(rows, ids.length));
  const positions = space.i32(ids.length);
  const count = k.distinct({ ids, slots: table, list: room, positions });
  k.clearSlots({ list: room, count, slots: table });
  return { list: room.subarray(0, count), positions };
}

/** Runs `f` with slots [rows]: the position in `ids` of each row that stands there, −1 elsewhere. `ids` are distinct. */
export function withSlots(space: Workspace, ids: Int32Array, rows: number, f: (slots: Int32Array) => void): void {
  const k = space.kernels;
  const slots = slotsFor(k, rows).subarray(0, rows);
  const list = space.i32(ids.length);
  const count = k.distinct({ ids, slots, list });
  f(slots);
  k.clearSlots({ list, count, slots });
}
