export * from './find.ts';
export { type KeptRun, readKept } from './read.ts';
