import { recordingTape } from '@losslab/backend';
import type { Batch } from '@losslab/core';
import type { BatchLayers } from './light-gcn-graph.ts';

/** What was propagated for the scores of a batch on the tape that is recording, for the penalty of the same batch. */
export class KeptLayers {
  #tape: object | undefined;
  #batch: Batch | undefined;
  #layers: BatchLayers | undefined;

  keep(batch: Batch, layers: BatchLayers): BatchLayers {
    this.#tape = recordingTape();
    this.#batch = batch;
    this.#layers = layers;
    return layers;
  }

  /** undefined off the tape, under another tape, for another batch, and once the tensors are gone. */
  find(batch: Batch): BatchLayers | undefined {
    const tape = recordingTape();
    if (tape === undefined || tape !== this.#tape || batch !== this.#batch) return undefined;
    return this.#layers?.layers[0]?.users.isDisposed ? undefined : this.#layers;
  }
}
