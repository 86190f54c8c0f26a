import { templateNameLoss } from '@losslab/loss-template-name';
import * as tf from '@tensorflow/tfjs';

const positive = tf.tensor2d([[2]]); // [B, 1], one user
const negative = tf.tensor2d([[0.5, -1]]); // [B, N]
console.log(templateNameLoss({ positive, negative }, { m: 0.5 }).dataSync()[0]!.toFixed(4)); // 0.1961
