import { dataFacts, interactionsFromTable, parseOptions } from '@losslab/core';
import { bce, bprLoss } from '@losslab/loss-classic';
import * as tf from '@tensorflow/tfjs';

const scores = { positive: tf.tensor2d([[2]]), negative: tf.tensor2d([[0.5, -1]]) }; // one user: [B, M], [B, N]
console.log(bprLoss(scores).dataSync()[0]!.toFixed(4)); // 0.1250

const rows = { userCount: 1, itemCount: 3, users: Int32Array.of(0), items: Int32Array.of(0) };
const loss = bce.create(parseOptions(bce.options, { c: 2 }, 'loss bce'), dataFacts(interactionsFromTable(rows)));
console.log(loss.needs.negatives); // { least: 0, usual: 1 }
