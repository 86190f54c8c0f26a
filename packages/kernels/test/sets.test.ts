import { expect, it } from 'vitest';
import { ints, LENGTHS, onEveryBuild, wholes } from './support.ts';

onEveryBuild('sets', (k) => {
  for (const length of LENGTHS) {
    it(`lists ${length} ids in order of first appearance`, () => {
      const ids = ints(k, wholes(length, 0, 20, length), 1);
      const slots = k.memory.i32(20).fill(-1);
      const list = k.memory.i32(20);
      const positions = k.memory.i32(length);
      const count = k.distinct({ ids, slots, list, positions });
      const unique = [...new Set(ids)];
      expect([...list.subarray(0, count)]).toEqual(unique);
      expect([...positions]).toEqual([...ids].map((id) => unique.indexOf(id)));
      unique.forEach((id, position) => {
        expect(slots[id]).toBe(position);
      });

      const counts = k.memory.f32(count);
      k.countPositions({ positions, counts });
      expect([...counts]).toEqual(unique.map((id) => ids.filter((other) => other === id).length));

      k.clearSlots({ list, count, slots });
      expect(slots.every((slot) => slot === -1)).toBe(true);
    });
  }

  for (const length of LENGTHS.slice(1)) {
    it(`lists ${length} ids upwards`, () => {
      const ids = ints(k, wholes(length, 0, 20, length), 1);
      const list = k.memory.i32(Math.min(20, length));
      const positions = k.memory.i32(length).fill(-7);
      const count = k.distinctUpwards({ ids, rows: 20, list, positions });
      const unique = [...new Set(ids)].sort((a, b) => a - b);
      expect([...list.subarray(0, count)]).toEqual(unique);
      if (count < 20) expect([...positions]).toEqual([...ids].map((id) => unique.indexOf(id)));
      else expect([...positions]).toEqual(new Array(length).fill(-7));
    });
  }

  it('lists all rows upwards', () => {
    const ids = ints(k, [2, 0, 1, 2]);
    const list = k.memory.i32(3);
    expect(k.distinctUpwards({ ids, rows: 3, list, positions: k.memory.i32(4) })).toBe(3);
    expect([...list]).toEqual([0, 1, 2]);
  });

  it('extends a set', () => {
    const slots = k.memory.i32(10).fill(-1);
    const list = k.memory.i32(10);
    const first = k.distinct({ ids: ints(k, [7, 3]), slots, list });
    const positions = k.memory.i32(3);
    expect(k.extendDistinct({ ids: ints(k, [3, 9, 7]), slots, list, count: first, positions })).toBe(3);
    expect([...list.subarray(0, 3)]).toEqual([7, 3, 9]);
    expect([...positions]).toEqual([1, 2, 0]);
  });

  it('names the first id out of range', () => {
    for (const length of LENGTHS.slice(1)) {
      const ids = ints(k, wholes(length, 0, 50), 1);
      expect(() => k.checkIds({ ids, rows: 50 })).not.toThrow();
      ids[length - 1] = -1;
      expect(() => k.checkIds({ ids, rows: 50, name: 'users' })).toThrow(
        `[kernels] expected users in [0, 50), got -1 at ${length - 1}; check the numbering`,
      );
      ids[length >> 1] = 50;
      expect(() => k.checkIds({ ids, rows: 50 })).toThrow(`got 50 at ${length >> 1}`);
    }
  });
});
