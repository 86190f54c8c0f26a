import { kernels } from '@losslab/kernels';
import { expected } from '../errors.ts';

/** @throws LosslabError `bad-data` naming the first id outside [0, rows). */
export function checkIds(ids: Int32Array, rows: number, name: string): void {
  const at = firstOutside(ids, rows);
  if (at < 0) return;
  throw expected(`${name} in [0, ${rows})`, `${ids[at]} at ${at}`, 'check the numbering', {
    code: 'bad-data',
    where: name,
  });
}

function firstOutside(ids: Int32Array, rows: number): number {
  const { engine, memory } = kernels();
  if (memory.owns(ids)) return engine.call('firstOutside', [ids.byteOffset, ids.length, rows]);
  for (let i = 0; i < ids.length; i++) if (ids[i]! < 0 || ids[i]! >= rows) return i;
  return -1;
}
