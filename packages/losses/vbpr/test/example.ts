import { dataFacts, interactionsFromTable, parseOptions } from '@losslab/core';
import { itemPopularity, variationalBprLoss, vbpr } from '@losslab/loss-vbpr';
import * as tf from '@tensorflow/tfjs';

const scores = { positive: tf.tensor2d([[2, -1]]), negative: tf.tensor2d([[1, 0, -3]]) }; // one user: [B, M], [B, N]
console.log(variationalBprLoss(scores, { cPos: 10, cNeg: 0.5 }).dataSync()[0]!.toFixed(4)); // 0.7744

const rows = { userCount: 1, itemCount: 2, users: Int32Array.of(0), items: Int32Array.of(0) };
const facts = dataFacts(interactionsFromTable(rows));
const loss = vbpr.create(parseOptions(vbpr.options, {}, 'loss vbpr'), facts);
console.log(loss.needs.positives.usual, loss.needs.negatives.usual); // 2 4
console.log([...itemPopularity(facts)]); // [ 1, 0 ]
