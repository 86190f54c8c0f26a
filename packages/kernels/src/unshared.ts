import { KernelError } from './errors.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/*
 * Where a module says what memory it imports: module and name, each behind its length, the kind (2: memory), then what the
 * numbers behind mean (1: least and most pages; 3: the same, of a shared memory).
 *
 *     3 'env' 6 'memory' 2 3 ...
 */
const IMPORT = [3, ...new TextEncoder().encode('env'), 6, ...new TextEncoder().encode('memory'), 2];
const [BOUNDED, SHARED] = [1, 3];

/**
 * The same module over a memory that is not shared, for hosts that have no shared ones. One byte tells the two apart: kernels
 * use no atomic instructions, and asc without `--sharedMemory` gives exactly these bytes.
 */
export function withUnsharedMemory(module: Bytes): Bytes {
  const at = placeOf(module);
  if (module[at] !== SHARED) {
    const got = at < 0 ? 'none' : `one with limits of kind ${module[at]}`;
    throw new KernelError(
      'engine',
      `[kernels] expected a module that imports a shared memory, got ${got}; build it again`,
    );
  }
  const copy = module.slice();
  copy[at] = BOUNDED;
  return copy;
}

function placeOf(module: Bytes): number {
  for (let at = module.indexOf(IMPORT[0]!); at >= 0; at = module.indexOf(IMPORT[0]!, at + 1)) {
    if (IMPORT.every((byte, k) => module[at + k] === byte)) return at + IMPORT.length;
  }
  return -1;
}
