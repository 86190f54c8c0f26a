export { type ArqueroColumns, fromArquero, type OpenArqueroOptions, openArquero, toArquero } from './arquero.ts';
export { type DatasetSource, datasetOf, type Parts, type ProtocolOptions } from './dataset.ts';
export { type FetchOptions, fetchDataset } from './fetch/fetch.ts';
export type { Factors } from './generate/factors.ts';
export { type Generated, type GeneratedTruth, generate } from './generate/generate.ts';
export { type GenerateOptions, generateSchema, type ResolvedGenerateOptions } from './generate/options.ts';
export { type GeneratedPlays, generatePlays, type PlayOptions, type PlayTruth, playSchema } from './generate/plays.ts';
export { generateByPopularity, type PopularityOptions, popularitySchema } from './generate/popularity.ts';
export { injectFalsePositives } from './inject.ts';
export { type NoiseOptions, withFalsePositives } from './noise.ts';
export { openDataset } from './open.ts';
export type { OpenOptions } from './open-options.ts';
export {
  type ColumnMapping,
  type ColumnRef,
  type DelimitedFormat,
  FORMATS,
  type Format,
  type FormatName,
} from './read/format.ts';
export type { DataProgress, OnProgress } from './read/progress.ts';
export { type ReadFile, type ReadFiles, type ReadOptions, readFiles, readTable } from './read/read.ts';
export type { Rows } from './read/rows.ts';
export type { Input } from './read/source.ts';
export type { ExpectedStatistics, FetchPlan, Layout, RegistryEntry } from './registry/entry.ts';
export { datasetNames, GENERATED, GENERATED_PLAYS, REGISTRY, registryEntry } from './registry/registry.ts';
export { cacheFolder, type Located, locate, searchPath } from './registry/search.ts';
export { describeSplit, parseSplit, SPLIT_KINDS, type SplitSpec } from './split/spec.ts';
export { type Split, splitRows } from './split/split.ts';
export { carveValidation, VALIDATION_SHARE } from './split/validation.ts';
export type { SplitTableOptions } from './split-table.ts';
export { type DataStatistics, type DegreeQuantiles, formatStatistics, statistics } from './statistics.ts';
export { type CoreSize, deduplicate, kCore, ratingAtLeast } from './table/filters.ts';
export { finishRates, type PlayLog, playLogText } from './table/finish-rates.ts';
export {
  LABEL_RULES,
  type LabelQuantiles,
  type LabelRule,
  type LabelRuleName,
  type LabelThresholds,
  labelByRating,
} from './table/labels.ts';
export { compact, type RowTable, takeRows } from './table/rows.ts';
export { WRITE_FORMATS, type WriteFormat, writeDataset, writeLightGcn, writeRows } from './write.ts';
export { type ParquetColumn, type ParquetTable, writeParquet } from './write-parquet.ts';
