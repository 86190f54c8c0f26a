import type { Engine } from './engine.ts';
import { expected } from './errors.ts';

export interface Sets {
  /**
   * Distinct ids in order of first appearance: list[0 .. count), slots[id] = position in the list, positions[i] = slots[ids[i]].
   * @param options.slots [table rows], all −1 before; give them back with `clearSlots`.
   * @param options.list room for every distinct id.
   * @returns count
   */
  distinct(options: { ids: Int32Array; slots: Int32Array; list: Int32Array; positions?: Int32Array }): number;
  /**
   * Distinct ids upwards: list[0 .. count), positions[i] = the place of ids[i] in it. For ids of which there are about as many as
   * rows, or more: the cost is that of both. ids [n] in [0, rows), list [min(n, rows)], positions [n].
   * @returns count; where it is `rows`, positions were not written: they would be the ids themselves.
   */
  distinctUpwards(options: { ids: Int32Array; rows: number; list: Int32Array; positions: Int32Array }): number;
  /** Adds ids to a set that `distinct` began: `count` of its list are taken. Returns the new count. */
  extendDistinct(options: {
    ids: Int32Array;
    slots: Int32Array;
    list: Int32Array;
    count: number;
    positions?: Int32Array;
  }): number;
  /** Sets slots[id] of the first `count` ids of the list to −1. */
  clearSlots(options: { list: Int32Array; count: number; slots: Int32Array }): void;
  /** counts[slot] = how often each position occurs, for `positions` of `distinct`. `counts` is float32, cleared first. */
  countPositions(options: { positions: Int32Array; counts: Float32Array }): void;
  /** @throws KernelError `bad-option` naming the first id outside [0, rows). */
  checkIds(options: { ids: Int32Array; rows: number; name?: string }): void;
}

export function sets(engine: Engine): Sets {
  const address = engine.address.bind(engine);
  const extendDistinct: Sets['extendDistinct'] = ({ ids, slots, list, count, positions }) => {
    const where = positions === undefined ? 0 : address('positions', positions, ids.length);
    const least = Math.min(slots.length, count + ids.length);
    const into = [address('slots', slots), address('list', list, least), count, where];
    return engine.call('distinct', [address('ids', ids), ids.length, ...into]);
  };
  return {
    distinct: (options) => extendDistinct({ ...options, count: 0 }),
    extendDistinct,
    distinctUpwards({ ids, rows, list, positions }) {
      const marks = engine.memory.u8(rows).fill(0);
      const slots = engine.memory.i32(rows);
      const from = address('ids', ids);
      engine.run('markIds', [from, marks.byteOffset], ids.length, { work: 1 });
      const into = [slots.byteOffset, address('list', list, Math.min(rows, ids.length))];
      const count = engine.call('numberMarks', [marks.byteOffset, rows, ...into]);
      if (count < rows) {
        engine.run('lookUp', [from, slots.byteOffset, address('positions', positions, ids.length)], ids.length, {
          work: 2,
        });
      }
      engine.memory.free(marks);
      engine.memory.free(slots);
      return count;
    },
    clearSlots({ list, count, slots }) {
      engine.call('clearSlots', [address('list', list, count), count, address('slots', slots)]);
    },
    countPositions({ positions, counts }) {
      const args = [address('positions', positions), positions.length, address('counts', counts), counts.length];
      engine.call('countPositions', args);
    },
    checkIds({ ids, rows, name = 'ids' }) {
      const at = engine.call('firstOutside', [address(name, ids), ids.length, rows]);
      if (at >= 0) throw expected(`${name} in [0, ${rows})`, `${ids[at]} at ${at}`, 'check the numbering', name);
    },
  };
}
