export { bprMax, bprMaxLoss } from './bpr-max.ts';
