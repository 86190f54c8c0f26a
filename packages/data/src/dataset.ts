import {
  type Dataset,
  hasInteraction,
  type IdMaps,
  type Interactions,
  type InteractionTable,
  interactionsFromTable,
  type LabelledPairs,
  type Protocol,
  type UnlabelledPairs,
} from '@losslab/core';
import { expected } from './errors.ts';
import { carveValidation, VALIDATION_SHARE } from './split/validation.ts';
import { type RowTable, rowsWhere, takeRows } from './table/rows.ts';
import { interactionsWhere, overlap, usersOf } from './table/sets.ts';

/** Tables that share one numbering, by part. */
export interface Parts {
  readonly train: RowTable;
  readonly valid?: RowTable | undefined;
  readonly test: RowTable;
}

export interface DatasetSource {
  readonly name: string;
  readonly parts: Parts;
  /** Rows that a rule of labels left out of the training part. */
  readonly unlabelled?: UnlabelledPairs | undefined;
  readonly ids: IdMaps;
  /** SHA-256, hexadecimal. */
  readonly checksum: string;
  /** Sentences on how the parts came to be. */
  readonly provenance: readonly string[];
}

/** How the epoch that is reported will be chosen, and with what seed a validation part is taken. */
export interface ProtocolOptions {
  readonly protocol: Protocol;
  readonly seed: number;
}

const count = (n: number) => n.toLocaleString('en-US');

/**
 * Makes a data set of tables. Under protocol `clean` a validation part is taken out of the training part where there is
 * none. Of labelled tables the pairs of label 1 are the interactions.
 * @throws LosslabError `bad-data` for a part without interactions, or where some parts have labels and others do not
 */
export function datasetOf(source: DatasetSource, { protocol, seed }: ProtocolOptions): Dataset {
  const provenance = [...source.provenance];
  const { parts, name } = source;
  const isLabelled = checkLabels(parts, name);
  let train = partOf('train', parts.train, provenance);
  let valid = parts.valid && partOf('valid', parts.valid, provenance);
  const test = partOf('test', parts.test, provenance);
  noteOverlap(train, valid, test, provenance);
  if (valid === undefined && protocol === 'clean') {
    ({ train, valid } = carveValidation(train, seed));
    provenance.push(carved(valid, train, name, seed));
  } else if (valid === undefined) {
    provenance.push('There is no validation part: under protocol paper the test part chooses the epoch.');
  }
  const table = parts.valid === undefined && valid !== undefined ? without(parts.train, valid) : parts.train;
  const whole: WholeParts = { train, ...(valid && { valid }), test };
  const common = { name, ids: source.ids, checksum: source.checksum };
  if (!isLabelled) return { ...common, ...whole, table: withoutLabels(table), provenance };
  provenance.push('Pairs of label 1 are the interactions; pairs of either label are the labelled parts.');
  const beside = source.unlabelled && { unlabelled: apart(source.unlabelled, whole) };
  return { ...common, ...labelledParts(whole), ...beside, table: withoutLabels(likedRows(table)), provenance };
}

/** The pairs that are in no part, each once. */
function apart({ users, items }: UnlabelledPairs, { train, valid, test }: WholeParts): UnlabelledPairs {
  const { userCount, itemCount } = train;
  const all = interactionsFromTable({ userCount, itemCount, users, items });
  const isApart = (user: number, item: number) =>
    ![train, valid, test].some((part) => part !== undefined && hasInteraction(part, user, item));
  const kept = interactionsWhere(all, isApart);
  return { users: usersOf(kept), items: kept.indices };
}

interface WholeParts {
  readonly train: Interactions;
  readonly valid?: Interactions;
  readonly test: Interactions;
}

function checkLabels(parts: Parts, name: string): boolean {
  const tables = [parts.train, parts.valid, parts.test].filter((table) => table !== undefined);
  const labelled = tables.filter((table) => table.labels !== undefined);
  if (labelled.length === 0 || labelled.length === tables.length) return labelled.length > 0;
  const got = `${labelled.length} of ${tables.length}`;
  throw expected('bad-data', `labels in every part of ${name} or in none`, got, 'say the format and its columns', name);
}

/** A table's interactions; labels, where it has them, stand in as ratings. */
function partOf(part: string, table: RowTable, provenance: string[]): Interactions {
  const { labels, ...plain } = table;
  const whole = interactionsFromTable(labels === undefined ? plain : { ...plain, ratings: labels });
  if (whole.indices.length === 0) {
    throw expected('bad-data', `interactions in the ${part} part`, 'none', 'choose another split or file', part);
  }
  const repeated = table.users.length - whole.indices.length;
  if (repeated > 0) {
    provenance.push(`${count(repeated)} rows of the ${part} part repeat a pair; the last row of each pair counts.`);
  }
  return whole;
}

function noteOverlap(
  train: Interactions,
  valid: Interactions | undefined,
  test: Interactions,
  provenance: string[],
): void {
  const shared = overlap(test, train) + (valid ? overlap(valid, train) : 0);
  if (shared > 0) {
    provenance.push(`${count(shared)} pairs of the held-out parts are in the training part too, and masked at test.`);
  }
}

function carved(valid: Interactions, train: Interactions, name: string, seed: number): string {
  if (valid.indices.length === 0) {
    const got = 'no user with three or more';
    throw expected('bad-data', `training items in ${name} to validate on`, got, 'use protocol paper', 'protocol');
  }
  const all = count(valid.indices.length + train.indices.length);
  const share = `${VALIDATION_SHARE * 100} %`;
  return `${share} of each user's training items (${count(valid.indices.length)} of ${all}, seed ${seed}) became the validation part (protocol clean).`;
}

/** The rows of a table whose pair is not among `taken`. */
function without(table: RowTable, taken: Interactions): RowTable {
  const stays = (row: number) => !hasInteraction(taken, table.users[row]!, table.items[row]!);
  return takeRows(table, rowsWhere(table.users.length, stays));
}

function withoutLabels({ labels: _, ...table }: RowTable): InteractionTable {
  return table;
}

function likedRows(table: RowTable): RowTable {
  return takeRows(
    table,
    rowsWhere(table.users.length, (row) => table.labels![row] === 1),
  );
}

/** Takes parts whose ratings are labels apart into pairs and the interactions among them. */
function labelledParts({
  train,
  valid,
  test,
}: WholeParts): WholeParts & { labelled: NonNullable<Dataset['labelled']> } {
  return {
    train: liked(train),
    ...(valid && { valid: liked(valid) }),
    test: liked(test),
    labelled: { train: pairs(train), ...(valid && { valid: pairs(valid) }), test: pairs(test) },
  };
}

function liked(whole: Interactions): Interactions {
  const { ratings: _, ...kept } = interactionsWhere(whole, (_user, _item, at) => whole.ratings![at] === 1);
  return kept;
}

function pairs(whole: Interactions): LabelledPairs {
  return { users: usersOf(whole), items: whole.indices, labels: whole.ratings! };
}
