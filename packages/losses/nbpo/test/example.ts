import { dataFacts, interactionsFromTable } from '@losslab/core';
import { missedProbability, nbpo, surrogateLikelihoodLoss } from '@losslab/loss-nbpo';
import * as tf from '@tensorflow/tfjs';

const positive = tf.tensor2d([[2]]); // R̂ [B, M]: one user, a voted item
const negative = tf.tensor2d([[0.5, -1]]); // [B, N]: two unvoted ones
const gamma = { positive: tf.tensor2d([[-3]]), negative: tf.tensor2d([[0, -6]]) }; // Γ̂ of the same pairs
const scores = { positive, negative, auxiliary: { gamma } };
console.log(surrogateLikelihoodLoss(scores, tf.sigmoid).dataSync()[0]!.toFixed(4)); // -2.2595
console.log([...missedProbability(negative, gamma.negative).dataSync()].map((p) => p.toFixed(3))); // [ '0.452', '0.001' ]

const rows = { userCount: 1, itemCount: 3, users: Int32Array.of(0), items: Int32Array.of(0) };
const loss = nbpo.create({ L: 10, lambda: 5 }, dataFacts(interactionsFromTable(rows)));
console.log(loss.needs.auxiliary!.gamma!.optimizer); // { weightDecay: 5 }
