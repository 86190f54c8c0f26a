import { pslLoss, pslWeights } from '@losslab/loss-psl';
import * as tf from '@tensorflow/tfjs';

const positive = tf.tensor2d([[0.2]]); // [B, M], cosines: one user, one positive
const negative = tf.tensor2d([[0.9, 0.1, -0.3]]); // [B, N]; the first scores high enough to be a false negative
const show = (x: tf.Tensor): string => Array.from(x.dataSync(), (value) => value.toFixed(3)).join(' ');
const options = { activation: 'tanh', tau: 0.1, scale: 0.5 } as const;
console.log(show(pslLoss({ positive, negative }, options))); // 2.935
console.log(show(pslWeights({ positive, negative }, options))); // 0.965 0.032 0.003
console.log(show(pslWeights({ positive, negative }, { ...options, activation: 'exp' }))); // 0.980 0.018 0.002
