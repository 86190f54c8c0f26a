// Builds the native addon of the engine `tensorflow` against the libtensorflow inside a TensorFlow wheel (docs/engines.md).
// pnpm engine:tensorflow (--wheel FILE | --python COMMAND | --library FOLDER) [--out FOLDER] [--gpu] [--node-include FOLDER]
import { parseArgs } from 'node:util';
import { build, USAGE } from './engine-tensorflow/build.ts';
import { Refusal } from './engine-tensorflow/refusal.ts';

const options = {
  wheel: { type: 'string' },
  python: { type: 'string' },
  library: { type: 'string' },
  out: { type: 'string' },
  gpu: { type: 'boolean', default: false },
  'node-include': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

try {
  const { values } = parseArgs({ options });
  if (values.help) console.log(USAGE);
  else build(values);
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  if (!(error instanceof Refusal) && !isUsage) throw error;
  console.error(`engine:tensorflow: ${error.message}${isUsage ? `\n${USAGE}` : ''}`);
  process.exitCode = 1;
}
