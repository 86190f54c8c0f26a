export { ease } from './ease/ease.ts';
export type { EaseOptions } from './ease/options.ts';
export { ials } from './ials/ials.ts';
export type { IalsOptions } from './ials/options.ts';
export { type ItemKnnOptions, itemKnn } from './item-knn/item-knn.ts';
export { itemPop } from './item-pop.ts';
export { type LightGcnOptions, lightGcn } from './light-gcn.ts';
export { type MfOptions, mf } from './mf.ts';
export { type NgcfOptions, ngcf } from './ngcf.ts';
