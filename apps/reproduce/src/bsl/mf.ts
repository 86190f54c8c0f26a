import type { NamedOptions, Setting } from '../experiment.ts';

/** A setting of matrix factorisation as the paper's tables of settings have it. */
export interface MfSetting {
  readonly loss: NamedOptions;
  readonly similarity: 'dot' | 'cosine';
  readonly learningRate: number;
  /** λ of the L2 on the batch's rows. */
  readonly l2: number;
  readonly batchSize: number; // B
  readonly positives?: number; // M; 1 where absent
  readonly negatives: number; // N, over all items
  readonly dropout: number; // of the user vector
  readonly reason: string;
}

export function mfSetting({ similarity, l2, dropout, learningRate, positives = 1, ...rest }: MfSetting): Setting {
  return {
    model: { name: 'mf', similarity, l2, dropout },
    sampler: { name: 'uniform', exclude: 'nobody' },
    optimizer: { name: 'adam', learningRate },
    positives,
    ...rest,
  };
}
