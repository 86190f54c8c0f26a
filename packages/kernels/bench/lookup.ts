// Draws looked up among a user's exclusions by binary search and in a set of bits: nanoseconds a draw, and the list's length
// from which searching is cheaper. node --conditions=@losslab/source packages/kernels/bench/lookup.ts [items]
import { kernels, Random } from '@losslab/kernels';

const k = kernels();
const items = Number(process.argv[2] ?? 38_048);
const [draws, users] = [2 ** 18, 512];
const columns = [1, 2, 4, 8, 16, 64, 256, 800];
const lengths = [2, 4, 8, 16, 32, 64, 128, 512, 2048, 8192].filter((length) => 2 * length < items);

function listsOf(length: number) {
  const random = new Random({ seed: length });
  const lists = Array.from({ length: users }, () => {
    const ids = new Set<number>();
    while (ids.size < length) ids.add(random.int(items));
    return [...ids].sort((a, b) => a - b);
  });
  const indptr = k.memory.copyOf(Int32Array.from({ length: users + 1 }, (_, user) => user * length));
  return { indptr, indices: k.memory.copyOf(Int32Array.from(lists.flat())) };
}

function nanoseconds(work: () => void): number {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    work();
    return ((performance.now() - start) * 1e6) / draws;
  });
  return times.sort((a, b) => a - b)[2]!;
}

const out = k.memory.i32(draws);
console.log(`${items} items; ns a draw, list / bits`);
console.log(['N \\ list', ...lengths].join('\t'));
for (const N of columns) {
  const rows = Math.floor(draws / N);
  const who = k.memory.copyOf(Int32Array.from({ length: rows }, (_, b) => (b * 7) % users));
  const cells = lengths.map((length) => {
    const exclude = listsOf(length);
    const by = (lookup: 'list' | 'bits') => (): void =>
      k.sampleNegatives({
        at: { seed: 1 },
        users: who,
        columns: N,
        items,
        exclude,
        lookup,
        out: out.subarray(0, rows * N),
      });
    by('list')();
    by('bits')();
    const cell = `${nanoseconds(by('list')).toFixed(1)}/${nanoseconds(by('bits')).toFixed(1)}`;
    k.memory.free(exclude.indptr);
    k.memory.free(exclude.indices);
    return cell;
  });
  console.log([N, ...cells].join('\t'));
}
