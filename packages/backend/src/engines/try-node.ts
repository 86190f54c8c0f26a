import { addonOf } from './addon.ts';
import { NO_GPU, whatIsMissing, whyNotLoaded } from './missing.ts';
import { builtin, type NodeEngine, packageFolder } from './node-package.ts';

const TIMEOUT = 120_000; // ms

/** What prepare-node.ts does, then a sum: in a process of its own, since an addon may crash or print. */
const TRIAL = `
  const [folder, addon] = process.argv.slice(1);
  const util = require('node:util');
  util.isNullOrUndefined ??= (x) => x === null || x === undefined;
  util.isArray ??= Array.isArray;
  const requireThere = require('node:module').createRequire(folder + '/package.json');
  if (addon) requireThere('@mapbox/node-pre-gyp/lib/pre-binding.js').find = () => addon;
  const tf = require(folder);
  const sum = tf.scalar(1).add(1).dataSync()[0];
  const { isUsingGpuDevice: gpu, binding } = tf.backend();
  process.stdout.write(JSON.stringify({ sum, gpu, version: binding.TF_Version }));`;

interface Trial {
  readonly sum: number;
  readonly gpu: boolean;
  /** libtensorflow's. */
  readonly version: string;
}

/** Whether the engine works, tried out; what it is, or what is missing and what to do. */
export function tryNodeEngine(engine: NodeEngine): { works: boolean; detail: string } {
  const missing = whatIsMissing(engine);
  if (missing !== undefined) return { works: false, detail: missing };
  const { variable, file } = addonOf(engine)!;
  const args = ['-e', TRIAL, packageFolder(engine)!, variable === undefined ? '' : file];
  const options = { encoding: 'utf8', timeout: TIMEOUT } as const;
  const { stdout, stderr, status, signal } = builtin('child_process')!.spawnSync(process.execPath, args, options);
  if (status !== 0) return { works: false, detail: whyNotLoaded(signal ?? reason(stderr)) };
  const { sum, gpu, version } = JSON.parse(stdout) as Trial;
  if (engine === 'tensorflow-gpu' && !gpu) return { works: false, detail: NO_GPU };
  const detail = engine === 'tensorflow' ? `libtensorflow ${version} on the CPU` : `libtensorflow ${version} on CUDA`;
  return sum === 2 ? { works: true, detail } : { works: false, detail: `it says that 1 + 1 is ${sum}` };
}

/** The message of the error that ended a process. */
const reason = (stderr: string): string => /^\w*Error: (.*)$/m.exec(stderr)?.[1] ?? 'it ends without a word';
