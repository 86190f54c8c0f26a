import { type Batch, type IdMatrix, idMatrix } from '@losslab/core';

/** A batch whose ids point into lists of its own users and items. */
export interface LocalBatch {
  readonly users: Int32Array; // [n], each once, in order of first appearance
  readonly items: Int32Array; // [m]
  /** The batch with each id replaced by its position in `users` or `items`. */
  readonly batch: Batch;
}

class Numbering {
  readonly #positions: Int32Array; // [count], −1 where an id has not appeared
  readonly #ids: number[] = [];

  constructor(count: number) {
    this.#positions = new Int32Array(count).fill(-1);
  }

  get ids(): Int32Array {
    return Int32Array.from(this.#ids);
  }

  positionsOf(ids: Int32Array): Int32Array {
    return ids.map((id) => {
      const known = this.#positions[id];
      if (known !== undefined && known >= 0) return known;
      this.#positions[id] = this.#ids.length;
      return this.#ids.push(id) - 1;
    });
  }

  matrixOf({ data, rows, columns }: IdMatrix): IdMatrix {
    return idMatrix(this.positionsOf(data), columns, rows);
  }
}

/** Numbers the batch's users and items anew. Ids out of range are kept, for whoever reads rows by them to refuse. */
export function localBatch(batch: Batch, counts: { userCount: number; itemCount: number }): LocalBatch {
  const [users, items] = [new Numbering(counts.userCount), new Numbering(counts.itemCount)];
  const { labelled, negatives } = batch;
  const local: Batch = {
    epoch: batch.epoch,
    step: batch.step,
    users: users.positionsOf(batch.users),
    positives: items.matrixOf(batch.positives),
    negatives: negatives === 'in-batch' ? negatives : items.matrixOf(negatives),
    ...(labelled && {
      labelled: {
        users: users.positionsOf(labelled.users),
        items: items.positionsOf(labelled.items),
        labels: labelled.labels,
      },
    }),
  };
  return { users: users.ids, items: items.ids, batch: local };
}
