export { bce, crossEntropy } from './bce.ts';
export { bpr, bprLoss } from './bpr.ts';
export { mse, squaredError } from './mse.ts';
