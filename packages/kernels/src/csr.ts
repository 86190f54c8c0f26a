import type { Engine } from './engine.ts';

/** Compressed sparse rows: row r's ids are `indices[indptr[r] .. indptr[r + 1])`, ascending. In the kernels' memory. */
export interface Csr {
  readonly indptr: Int32Array; // [rows + 1]
  readonly indices: Int32Array;
}

/** Addresses of indptr and indices; zeros where there is none. */
export function csrAddresses(engine: Pick<Engine, 'address'>, name: string, csr: Csr | undefined): [number, number] {
  if (csr === undefined) return [0, 0];
  return [engine.address(`${name}.indptr`, csr.indptr, 1), engine.address(`${name}.indices`, csr.indices)];
}
