import { bprMaxLoss } from '@losslab/loss-bpr-max';
import * as tf from '@tensorflow/tfjs';

const positive = tf.tensor2d([[2]]); // [B, 1], one user
const negative = tf.tensor2d([[0.5, -1]]); // [B, N]
console.log(bprMaxLoss({ positive, negative }, { lambda: 0.01 }).dataSync()[0]!.toFixed(4)); // 0.1756
