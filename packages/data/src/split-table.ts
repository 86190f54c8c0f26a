import type { Dataset, IdMaps } from '@losslab/core';
import { datasetOf, type Parts, type ProtocolOptions } from './dataset.ts';
import { type FilterOptions, prepare } from './prepare.ts';
import { describeSplit, parseSplit, type SplitSpec } from './split/spec.ts';
import { splitRows } from './split/split.ts';
import { type LabelRule, type LabelRuleName, labelRows } from './table/labels.ts';
import { type RowTable, takeRows } from './table/rows.ts';

/** What `openDataset` says of its options holds here too. */
export interface SplitTableOptions extends FilterOptions, ProtocolOptions {
  readonly split?: string | SplitSpec | undefined;
  readonly labels?: LabelRuleName | LabelRule | undefined;
}

export interface OneTable {
  readonly name: string;
  readonly table: RowTable;
  readonly ids: IdMaps;
  readonly checksum: string;
  readonly provenance: string[];
}

/** Makes a data set of one table: filters, labels, then the split. */
export function splitTable({ name, checksum, provenance, ...read }: OneTable, options: SplitTableOptions): Dataset {
  const { split = 'per-user', seed } = options;
  const spec = typeof split === 'string' ? parseSplit(split) : split;
  const { table: rated, ids } = prepare(read.table, read.ids, options, provenance);
  const table = labelled(rated, options, provenance);
  const rows = splitRows(table, spec, seed);
  provenance.push(describeSplit(spec, seed));
  const part = (numbers: Int32Array) => takeRows(table, numbers);
  const valid = rows.valid.length > 0 ? part(rows.valid) : undefined;
  const parts: Parts = { train: part(rows.train), valid, test: part(rows.test) };
  return datasetOf({ name, parts, unlabelled: table.unlabelled, ids, checksum, provenance }, options);
}

/** The rows with labels by the rule, where there is one. */
export function labelled(
  table: RowTable,
  { labels }: Pick<SplitTableOptions, 'labels'>,
  provenance: string[],
): RowTable {
  return labels === undefined ? table : labelRows(table, labels, provenance);
}
