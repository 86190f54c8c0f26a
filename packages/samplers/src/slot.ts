import type { Batch, IdMatrix, LabelledBatch, Sampler } from '@losslab/core';
import type { Kernels } from '@losslab/kernels';

type Memory = Kernels['memory'];
type Background = Kernels['background'];
type View = Int32Array | Float32Array;

const columnsOf = (matrix: Batch['negatives']): Int32Array[] => (matrix === 'in-batch' ? [] : [matrix.data]);

function viewsOf({ users, positives, negatives, labelled }: Batch): View[] {
  const pairs = labelled === undefined ? [] : [labelled.users, labelled.items, labelled.labels];
  return [users, positives.data, ...columnsOf(negatives), ...pairs];
}

function map(batch: Batch, copy: <V extends View>(view: V) => V): Batch {
  const matrix = (ids: IdMatrix): IdMatrix => ({ ...ids, data: copy(ids.data) });
  const pairs = ({ users, items, labels }: LabelledBatch): LabelledBatch => ({
    users: users === batch.users ? moved : copy(users),
    items: copy(items),
    labels: copy(labels),
  });
  const moved = copy(batch.users);
  return {
    ...batch,
    users: moved,
    positives: matrix(batch.positives),
    negatives: batch.negatives === 'in-batch' ? batch.negatives : matrix(batch.negatives),
    ...(batch.labelled && { labelled: pairs(batch.labelled) }),
  };
}

/** Room for one batch in the kernels' memory, written again and again. It grows to the largest batch and never shrinks. */
export class BatchSlot {
  readonly #memory: Memory;
  #room: Batch | undefined;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Proposes into this slot. The batch is whole when `background` has settled, and valid until the next call. */
  propose(sampler: Sampler, epoch: number, step: number, background: Background): Batch {
    const batch = sampler.propose(epoch, step, this.#room, background);
    if (this.#room !== undefined && this.#holds(batch)) return batch;
    background.settle();
    // Arrays of the batch may lie in the old room, so that goes last.
    const room = map(batch, (view) => this.#memory.copyOf(view));
    this.dispose();
    this.#room = room;
    return room;
  }

  dispose(): void {
    if (this.#room === undefined) return;
    for (const view of new Set(viewsOf(this.#room))) this.#memory.free(view);
    this.#room = undefined;
  }

  /** Whether every array of `batch` is in the kernels' memory. A sampler that knows no `into` makes new ones. */
  #holds(batch: Batch): boolean {
    return viewsOf(batch).every((view) => view.length === 0 || this.#memory.owns(view));
  }
}
