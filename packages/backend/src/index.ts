import './register.ts';

export { type ConcreteEngine, type EngineName, engineNames } from './engines/names.ts';
export { type EngineStatus, engineReport } from './engines/report.ts';
export { engineInfo, useEngine } from './engines/use-engine.ts';
export {
  type Initialiser,
  initialValues,
  normal,
  uniform,
  xavierNormal,
  xavierUniform,
  zeros,
} from './initialisers.ts';
export * from './ops/index.ts';
export {
  type GroupOverride,
  makeOptimizer,
  type OptimizerDefinition,
  optimizerDefinitions,
  optimizerNames,
} from './optimizers/make-optimizer.ts';
export {
  type AdagradOptions,
  type AdamOptions,
  adagradOptions,
  adamOptions,
  type SgdOptions,
  sgdOptions,
} from './optimizers/options.ts';
export { embeddingCosine, embeddingCosines, embeddingDot, embeddingDots } from './pairs/embedding-scores.ts';
export { factorRanker } from './pairs/factor-ranker.ts';
export type { Dropout, PairOptions, PairPartsOptions } from './pairs/pair-options.ts';
export { type PairScoreOptions, pairScores } from './pairs/pair-scores.ts';
export type { ParameterGroup } from './parameters/parameter-group.ts';
export { ParameterSet, type ParameterSetOptions } from './parameters/parameter-set.ts';
export { clipScale } from './parameters/step-gradients.ts';
export { edgeDropout } from './sparse/edge-dropout.ts';
export { type PropagationOptions, propagatedRows } from './sparse/propagation.ts';
export { type EntryValues, SparseMatrix, type SparseMatrixOptions } from './sparse/sparse-matrix.ts';
export { type SpmmOptions, spmm } from './sparse/spmm.ts';
export { EmbeddingTable, type EmbeddingTableOptions, type Rows } from './tables/embedding-table.ts';
export { batchSquaredNorm, embeddingRows, tableDense } from './tables/rows.ts';
