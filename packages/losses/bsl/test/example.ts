import { bilateralSoftmaxLoss, softmaxLoss, worstCase } from '@losslab/loss-bsl';
import * as tf from '@tensorflow/tfjs';

const positive = tf.tensor2d([[0.9, 0.1]]); // [B, M], cosines: one user, two positives, the second one doubtful
const negative = tf.tensor2d([[0.4, 0.2, -0.3]]); // [B, N]
console.log(softmaxLoss({ positive, negative }, 0.1).dataSync()[0]!.toFixed(4)); // -0.1971
const options = { tau1: 0.1, tau2: 0.1 };
console.log(bilateralSoftmaxLoss({ positive, negative }, options).dataSync()[0]!.toFixed(4)); // -0.5278
console.log([...worstCase(positive, 0.1).dataSync()].map((p) => p.toFixed(4))); // [ '0.9997', '0.0003' ]
