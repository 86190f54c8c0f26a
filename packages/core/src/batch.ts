/** A matrix of ids, row by row. `columns` may be 0. */
export interface IdMatrix {
  readonly data: Int32Array; // [rows × columns]
  readonly rows: number;
  readonly columns: number;
}

/** What a sampler proposes for one step. M counts the observed positive (column 0); M = 0 in labelled-only batches. */
export interface Batch {
  readonly epoch: number;
  readonly step: number;
  /** Steps in one epoch of the batch's stream; what a run trains on has it. */
  readonly steps?: number;
  readonly users: Int32Array; // [B]
  readonly positives: IdMatrix; // [B, M]
  /** [B, N]; 'in-batch': row b's negatives are the other rows' observed positives, [B, B − 1], in row order. */
  readonly negatives: IdMatrix | 'in-batch';
  readonly labelled?: LabelledBatch;
}

export interface LabelledBatch {
  readonly users: Int32Array; // [L]
  readonly items: Int32Array; // [L]
  readonly labels: Float32Array; // [L], 0 or 1
}

/** Steps of the batch's stream before this one, all epochs together, for schedules that count steps. */
export function globalStep({ epoch, step, steps = 0 }: Pick<Batch, 'epoch' | 'step' | 'steps'>): number {
  return (epoch - 1) * steps + step;
}

export function idMatrix(
  data: Int32Array,
  columns: number,
  rows: number = columns ? data.length / columns : 0,
): IdMatrix {
  return { data, rows, columns };
}

/** The ids of 'in-batch' negatives, off the diagonal: [B, B − 1]. Repeated items and the user's own positives stay. */
export function inBatchNegatives(positives: IdMatrix): IdMatrix {
  const B = positives.rows;
  const data = new Int32Array(B * Math.max(0, B - 1));
  let at = 0;
  for (let row = 0; row < B; row++) {
    for (let other = 0; other < B; other++) {
      if (other !== row) data[at++] = positives.data[other * positives.columns]!;
    }
  }
  return { data, rows: B, columns: Math.max(0, B - 1) };
}

/** The negatives of a batch as ids, whichever way they were given. */
export function negativeIds(batch: Batch): IdMatrix {
  return batch.negatives === 'in-batch' ? inBatchNegatives(batch.positives) : batch.negatives;
}
