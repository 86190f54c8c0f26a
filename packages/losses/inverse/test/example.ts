import { inverseDualLoss, labelledLoss, positiveWeights } from '@losslab/loss-inverse';
import * as tf from '@tensorflow/tfjs';

const unlabelled = tf.tensor2d([[2], [-1], [0]]); // [B, N], inner products of pairs that nobody labelled
console.log([...positiveWeights(unlabelled).dataSync()].map((w) => w.toFixed(4))); // [ '0.9965', '0.0538', '0.5000' ]
console.log(inverseDualLoss(unlabelled).dataSync()[0]!.toFixed(4)); // 0.3981
const [scores, labels] = [tf.tensor1d([1, -2]), tf.tensor1d([1, 0])]; // [L]
console.log(labelledLoss(scores, labels).dataSync()[0]!.toFixed(4)); // 0.2201
