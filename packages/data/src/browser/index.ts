/*
 * The package as browsers get it (`exports` in package.json): all but what reads folders, writes files or fetches data sets.
 */

export { type ArqueroColumns, fromArquero, type OpenArqueroOptions, openArquero, toArquero } from '../arquero.ts';
export { type DatasetSource, datasetOf, type Parts, type ProtocolOptions } from '../dataset.ts';
export type { Factors } from '../generate/factors.ts';
export { type Generated, type GeneratedTruth, generate } from '../generate/generate.ts';
export { type GenerateOptions, generateSchema, type ResolvedGenerateOptions } from '../generate/options.ts';
export { type GeneratedPlays, generatePlays, type PlayOptions, type PlayTruth, playSchema } from '../generate/plays.ts';
export { generateByPopularity, type PopularityOptions, popularitySchema } from '../generate/popularity.ts';
export { injectFalsePositives } from '../inject.ts';
export { type NoiseOptions, withFalsePositives } from '../noise.ts';
export type { OpenOptions } from '../open-options.ts';
export {
  type ColumnMapping,
  type ColumnRef,
  type DelimitedFormat,
  FORMATS,
  type Format,
  type FormatName,
} from '../read/format.ts';
export type { DataProgress, OnProgress } from '../read/progress.ts';
export { type ReadFile, type ReadFiles, type ReadOptions, readFiles, readTable } from '../read/read.ts';
export type { Rows } from '../read/rows.ts';
export type { Input } from '../read/source.ts';
export { describeSplit, parseSplit, SPLIT_KINDS, type SplitSpec } from '../split/spec.ts';
export { type Split, splitRows } from '../split/split.ts';
export { carveValidation, VALIDATION_SHARE } from '../split/validation.ts';
export type { SplitTableOptions } from '../split-table.ts';
export { type DataStatistics, type DegreeQuantiles, formatStatistics, statistics } from '../statistics.ts';
export { type CoreSize, deduplicate, kCore, ratingAtLeast } from '../table/filters.ts';
export { finishRates, type PlayLog, playLogText } from '../table/finish-rates.ts';
export {
  LABEL_RULES,
  type LabelQuantiles,
  type LabelRule,
  type LabelRuleName,
  type LabelThresholds,
  labelByRating,
} from '../table/labels.ts';
export { compact, type RowTable, takeRows } from '../table/rows.ts';
export { openDataset } from './open.ts';
