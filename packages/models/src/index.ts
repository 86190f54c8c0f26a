export { itemPop } from './item-pop.ts';
export { type MfOptions, mf } from './mf.ts';
