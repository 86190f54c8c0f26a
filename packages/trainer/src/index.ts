export * from './config.ts';
export { finish } from './finish.ts';
export type { PreparedParts, RunSurroundings, TrainParts } from './parts.ts';
export * from './safetensors.ts';
export * from './schedule.ts';
export * from './settings.ts';
export { singleUpdate } from './single-update.ts';
export * from './stopping.ts';
export { trainParts } from './train-parts.ts';
