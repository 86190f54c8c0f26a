import type { Protocol } from '@losslab/core';
import type { GenerateOptions } from './generate/options.ts';
import type { PlayOptions } from './generate/plays.ts';
import type { ColumnMapping, Format } from './read/format.ts';
import type { OnProgress } from './read/progress.ts';
import type { SplitSpec } from './split/spec.ts';
import type { CoreSize } from './table/filters.ts';
import type { LabelRule, LabelRuleName } from './table/labels.ts';

export interface OpenOptions {
  /** `clean` takes a validation part out of the training part where there is none, `paper` leaves the parts as given. */
  readonly protocol: Protocol;
  /** For the split of a single file, the validation part of protocol `clean`, and injected noise. */
  readonly seed: number;
  /** Looked in before $LOSSLAB_DATA, ./data and the user's cache folder. */
  readonly dataDir?: string | undefined;
  /** How a single file is split, as `parseSplit` reads it or in parts; without it `per-user:80/20`. */
  readonly split?: string | SplitSpec | undefined;
  /** A name from FORMATS or a description; without it, the registry's, or told by the file's name and first lines. */
  readonly format?: string | Format | undefined;
  /** Which columns of a delimited, JSON Lines or Parquet file to take. */
  readonly columns?: ColumnMapping | undefined;
  /** Only rows with at least this rating. */
  readonly minRating?: number | undefined;
  /**
   * How ratings become labels: a pair is liked, disliked, or neither (`unlabelled`). A rule by name or one's own;
   * without it ratings are not labels, but those of `generated-plays`, which go by finish rate.
   */
  readonly labels?: LabelRuleName | LabelRule | undefined;
  /** Only the k-core; for a single file, before it is split. */
  readonly kCore?: CoreSize | undefined;
  /**
   * Injected false positives a training interaction: 0.1 adds a tenth to each user's items. They are no part of what is held
   * out, and are kept as the data set's `falsePositives`.
   */
  readonly falsePositives?: number | undefined;
  /** Of the data set `generated`. */
  readonly generate?: GenerateOptions | undefined;
  /** Of the data set `generated-plays`. */
  readonly plays?: PlayOptions | undefined;
  /** Whether a data set that is not on the search path is fetched; true without it. */
  readonly fetch?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Give up fetching after so many seconds without a byte. */
  readonly patience?: number | undefined;
}
