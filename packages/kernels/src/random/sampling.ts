import { type Csr, csrAddresses } from '../csr.ts';
import { type Runner, rowsOf } from '../engine.ts';
import { expected } from '../errors.ts';
import { type AliasTable, buildAlias } from './alias.ts';
import { counterWords } from './counter.ts';
import type { Counter } from './philox.ts';
import { all, checkUsers } from './supply.ts';

interface Draw {
  readonly at: Counter;
  /** Items a row, N. */
  readonly columns: number;
  /** [B]; needed with `exclude` only. */
  readonly users?: Int32Array;
  /** What a user must not be given, e.g. the training items. Rejected draws are replaced by further counter values. */
  readonly exclude?: Csr;
  /** [B, N]. Row b is a pure function of (at, b, N, the user's exclusions). */
  readonly out: Int32Array;
}

export interface Sampling {
  /** Uniform over items [0, items), with replacement. @throws KernelError where a user is excluded from every item */
  sampleNegatives(
    options: Draw & {
      readonly items: number;
      /** How draws are looked up among a user's exclusions, for measuring; absent: by a rule on sizes. Same result. */
      readonly lookup?: 'list' | 'bits';
    },
  ): void;
  /**
   * Items [0, items) without replacement: each draw of a row is uniform over the items that are neither excluded nor drawn in
   * that row before. @throws KernelError where a user leaves fewer than N items
   */
  sampleDistinct(options: Draw & { readonly items: number }): void;
  /** In proportion to a table's weights, with replacement. @throws KernelError as `sampleNegatives` */
  samplePopularity(options: Draw & { readonly table: AliasTable }): void;
  /** out [B, M]: column 0 is positives[b], the others are uniform draws with replacement from the user's own items. */
  samplePositives(options: {
    readonly at: Counter;
    readonly users: Int32Array; // [B]
    readonly positives: Int32Array; // [B]
    readonly interactions: Csr;
    readonly columns: number; // M
    readonly out: Int32Array; // [B, M]
  }): void;
  /**
   * Replaces each entry of out [B, N] by the user's own item beside it, own[b, n + 1], with probability
   * odds·d / (odds·d + items − d) for a user with d items: where coins[b, n], uniform in [0, 1), lies below.
   */
  mixPositives(options: {
    readonly users: Int32Array; // [B]
    readonly interactions: Csr;
    readonly items: number;
    readonly odds: number; // > 0
    readonly columns: number; // N
    readonly coins: Float32Array; // [B, N]
    readonly own: Int32Array; // [B, N + 1], of samplePositives
    readonly out: Int32Array; // [B, N]
  }): void;
  /** An alias table of `weights` [items] in the kernels' memory; free it with `freeAliasTable`. */
  aliasTable(weights: ArrayLike<number>): AliasTable;
  freeAliasTable(table: AliasTable): void;
}

function support(table: AliasTable): Set<number> {
  const drawn = new Set<number>();
  table.thresholds.forEach((threshold, index) => {
    if (threshold > 0) drawn.add(index);
    drawn.add(table.aliases[index]!);
  });
  return drawn;
}

/**
 * The longest list of exclusions that is marked in a set of bits for N draws to be looked up there; longer ones are
 * searched. Marking costs by the list, searching by the draw (docs/performance.md, Sampling).
 */
function mostMarked(columns: number, lookup: 'list' | 'bits' | undefined): number {
  if (lookup !== undefined) return lookup === 'bits' ? 2 ** 29 : 0;
  return columns < 8 ? 0 : 4 * columns;
}

/** Bytes of a set of items, a bit each. */
const bitsOf = (items: number): number => Math.ceil(items / 8);

export function sampling(engine: Runner): Sampling {
  const supports = new WeakMap<AliasTable, Set<number>>();
  const address = engine.address.bind(engine);

  function draw(options: Draw, rows: number): number[] {
    const { at, columns, exclude, out, users } = options;
    if (exclude !== undefined && users === undefined) {
      throw expected('users with exclude', 'none', 'pass the users [B] of the rows', 'users');
    }
    const usersAt = users === undefined ? 0 : address('users', users, rows);
    return [...counterWords(at), usersAt, ...csrAddresses(engine, 'exclude', exclude), columns, address('out', out)];
  }

  return {
    sampleNegatives(options) {
      const { columns, exclude, items, lookup, out, users } = options;
      if (!(items >= 1)) throw expected('items ≥ 1', String(items), 'draw from at least one item', 'items');
      const rows = rowsOf('columns', out.length, columns);
      const args = draw(options, rows);
      if (exclude && users)
        checkUsers(users.subarray(0, rows), exclude, { items, most: items, needed: 1, allowed: all });
      const law = [items, mostMarked(columns, lookup)];
      engine.run('sampleNegatives', [...args, ...law], rows, { scratchBytes: bitsOf(items), work: 4 * columns });
    },
    sampleDistinct(options) {
      const { columns, exclude, items, out, users } = options;
      if (!(items >= columns)) {
        throw expected(`items ≥ ${columns} distinct draws`, String(items), 'draw fewer', 'items');
      }
      const rows = rowsOf('columns', out.length, columns);
      const args = [...draw(options, rows), items];
      if (exclude && users) {
        checkUsers(users.subarray(0, rows), exclude, { items, most: items, needed: columns, allowed: all });
      }
      engine.run('sampleDistinct', args, rows, { scratchBytes: bitsOf(items), work: 8 * columns });
    },
    samplePopularity(options) {
      const { columns, exclude, out, table, users } = options;
      const items = table.aliases.length;
      const rows = rowsOf('columns', out.length, columns);
      const args = [...draw(options, rows), items, address('thresholds', table.thresholds, items)];
      if (exclude && users) {
        const drawn = supports.get(table) ?? support(table);
        supports.set(table, drawn);
        const allowed = (item: number): boolean => drawn.has(item);
        checkUsers(users.subarray(0, rows), exclude, { items, most: drawn.size, needed: 1, allowed });
      }
      const scratchBytes = bitsOf(items) + columns * 8;
      engine.run('samplePopularity', [...args, address('aliases', table.aliases)], rows, {
        scratchBytes,
        work: 8 * columns,
      });
    },
    samplePositives({ at, users, positives, interactions, columns, out }) {
      const rows = rowsOf('columns', out.length, columns);
      const who = [address('users', users, rows), ...csrAddresses(engine, 'interactions', interactions)];
      const given = address('positives', positives, rows);
      const args = [...counterWords(at), ...who, columns, address('out', out), given];
      engine.run('samplePositives', args, rows, { work: 4 * columns });
    },
    mixPositives({ users, interactions, items, odds, columns, coins, own, out }) {
      const rows = rowsOf('columns', out.length, columns);
      const [indptr] = csrAddresses(engine, 'interactions', interactions);
      const who = [address('users', users, rows), indptr];
      const drawn = [address('coins', coins, out.length), address('own', own, out.length + rows)];
      engine.run('mixPositives', [...who, columns, address('out', out), items, odds, ...drawn], rows, {
        work: 2 * columns,
      });
    },
    aliasTable(weights) {
      const thresholds = engine.memory.u32(weights.length);
      const aliases = engine.memory.i32(weights.length);
      const table = { thresholds, aliases };
      buildAlias(weights, table);
      return table;
    },
    freeAliasTable(table) {
      engine.memory.free(table.thresholds);
      engine.memory.free(table.aliases);
    },
  };
}
