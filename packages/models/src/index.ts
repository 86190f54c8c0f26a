export { itemPop } from './item-pop.ts';
export { type LightGcnOptions, lightGcn } from './light-gcn.ts';
export { type MfOptions, mf } from './mf.ts';
