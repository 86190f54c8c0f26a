export { EXPORT_FORMATS, exportRun } from '#export';
export { findRuns, readKept } from '#kept';
export { logKinds } from '#log';
export * from './config.ts';
export type { ExportFormat, ExportOptions } from './export-run.ts';
export { finish } from './finish.ts';
export type { PerUser } from './folder.ts';
export { type InspectOptions, inspectBatch } from './inspect.ts';
export * from './kept/facts.ts';
export type { FoundRuns, PassedOver } from './kept/find.ts';
export type { KeptRun } from './kept/read.ts';
export { type LoadedRun, loadRun } from './load-run.ts';
export type { LogTarget } from './log/log.ts';
export { decodeNpy, encodeNpy } from './npy.ts';
export type { PreparedParts, RunSurroundings, TrainParts } from './parts.ts';
export * from './plugins.ts';
export { type PrepareOptions, prepare } from './prepare.ts';
export {
  openRecommender,
  type Recommended,
  type Recommender,
  type RecommenderOptions,
  recommenderOf,
} from './recommender.ts';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors.ts';
export { rateScale, type Schedule, scheduleSchema } from './schedule.ts';
export { meanAndSd, type SeedEvent, type SeedsResult, trainSeeds } from './seeds.ts';
export { applySettings } from './settings.ts';
export { singleUpdate } from './single-update.ts';
export { type Best, bestEpoch, bestOfEach, type ChoosingPart, outOfPatience } from './stopping.ts';
export { type TrainOptions, train } from './train.ts';
export { trainParts } from './train-parts.ts';
