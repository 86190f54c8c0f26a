import {
  type Dataset,
  hasInteraction,
  type Interactions,
  type InteractionTable,
  interactionsFromTable,
} from '@losslab/core';
import { expected } from './errors.ts';
import { withFalsePositives } from './noise.ts';
import { interactionsWhere, usersOf } from './table/sets.ts';

/**
 * The data set with false positives in its training part, as BSL (ICDE 2024, §V-D) and Variational BPR (2025, §5.4)
 * contaminate theirs: to each user `rate` times as many items as the user has there, drawn uniformly from those that are in
 * no part of the user's. Held-out parts stay as they are. What was added is kept as `falsePositives`.
 * @throws LosslabError `bad-option` for a rate below 0, or for labelled data
 */
export function injectFalsePositives(dataset: Dataset, rate: number, seed: number): Dataset {
  if (dataset.labelled !== undefined) {
    const remedy = 'leave it out, or take data without labels';
    throw expected('bad-option', 'no false positives in labelled data', String(rate), remedy, 'falsePositives');
  }
  const { train, valid, test, table } = dataset;
  const exclude = valid === undefined ? test : union(test, valid);
  const noisy = withFalsePositives(train, { rate, seed, exclude });
  const added = interactionsWhere(noisy, (user, item) => !hasInteraction(train, user, item));
  const { ratings: _, timestamps: __, ...falsePositives } = added;
  const count = added.indices.length.toLocaleString('en-US');
  const sentence = `${count} false positives joined the training part: ${rate * 100} % of each user's items, drawn uniformly from those in no part, seed ${seed}.`;
  return {
    ...dataset,
    train: noisy,
    ...(table && { table: joined(table, added) }),
    falsePositives,
    provenance: [...dataset.provenance, sentence],
  };
}

function union(a: Interactions, b: Interactions): Interactions {
  const { userCount, itemCount } = a;
  const users = concatenated(usersOf(a), usersOf(b));
  return interactionsFromTable({ userCount, itemCount, users, items: concatenated(a.indices, b.indices) });
}

/** The table with the pairs at its end. */
function joined(table: InteractionTable, added: Interactions): InteractionTable {
  const { ratings, timestamps } = table;
  const count = added.indices.length;
  return {
    ...table,
    users: concatenated(table.users, usersOf(added)),
    items: concatenated(table.items, added.indices),
    ...(ratings && { ratings: concatenated(ratings, added.ratings ?? new Float32Array(count)) }),
    ...(timestamps && { timestamps: concatenated(timestamps, added.timestamps ?? new Float64Array(count)) }),
  };
}

type Column = Int32Array | Float32Array | Float64Array;

function concatenated<A extends Column>(first: A, second: A): A {
  const out = new (first.constructor as new (length: number) => A)(first.length + second.length);
  out.set(first);
  out.set(second, first.length);
  return out;
}
