// node test/train-in-child.ts DIR: trains the toy parts in DIR, a line a step, and waits a little after each.
import { setTimeout } from 'node:timers/promises';
import { trainParts } from '@losslab/trainer';
import * as tf from '@tensorflow/tfjs';
import { toyParts } from './toy.ts';

await tf.setBackend('cpu');
for await (const event of trainParts({ ...toyParts(), out: process.argv[2]! })) {
  console.log(event.kind);
  await setTimeout(5);
}
