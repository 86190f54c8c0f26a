// Trains as the page does, in Node, and prints what came out: node --conditions=@losslab/source in-node.ts '{"loss":"bsl",...}' [file]
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Told, Wish } from '../src/messages.ts';
import { trainHere } from '../src/training.ts';

const [wish, path] = process.argv.slice(2);
const file = path === undefined ? {} : { file: new File([readFileSync(path)], basename(path)) };
let last: Told | undefined;
for await (const told of trainHere({ ...(JSON.parse(wish!) as Wish), ...file })) last = told;
process.stdout.write(JSON.stringify(last));
