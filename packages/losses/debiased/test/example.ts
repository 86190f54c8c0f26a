import { debiasedInfoNceLoss, infoNceLoss, minePlusLoss } from '@losslab/loss-debiased';
import * as tf from '@tensorflow/tfjs';

const negative = tf.tensor2d([[0.8, 0.2, -0.3]]); // [B, N], cosines of items drawn from all: the first is liked, unknown to us
const observed = { positive: tf.tensor2d([[0.9]]), negative }; // [B, 1]
console.log(infoNceLoss(observed, 0.4).dataSync()[0]!.toFixed(4)); // 0.6943
console.log(minePlusLoss(observed, { t: 0.4, lambda: 1.2 }).dataSync()[0]!.toFixed(4)); // 0.4528

const further = { positive: tf.tensor2d([[0.9, 0.7, 0.8]]), negative }; // [B, 1 + M]: two more of the user's positives
const prior = tf.tensor1d([0.2]); // τ⁺: the user likes a fifth of all items
console.log(debiasedInfoNceLoss(further, prior, { t: 0.4, lambda: 3 }).dataSync()[0]!.toFixed(4)); // 0.5501
