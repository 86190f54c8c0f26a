import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { libraryFiles, libraryFolder, type Source } from './library.ts';
import { refuse } from './refusal.ts';

export const USAGE = `usage: pnpm engine:tensorflow (--wheel FILE | --python COMMAND | --library FOLDER) [options]
  --wheel FILE          a wheel of tensorflow or tensorflow-cpu; unpacked into --out
  --python COMMAND      a Python that has TensorFlow installed
  --library FOLDER      the folder \`tensorflow\` of an unpacked wheel
  --out FOLDER          where the addon goes (default: where its package looks for it)
  --gpu                 build for the engine tensorflow-gpu
  --node-include FOLDER where node_api.h is (default: beside the Node that runs this)`;

export interface BuildOptions extends Source {
  readonly out?: string | undefined;
  readonly gpu: boolean;
  readonly 'node-include'?: string | undefined;
}

/** Node-API's version that the binding is built for: every Node that losslab runs on has it. */
const NAPI = 8;

const ADDON = 'tfjs_binding.node';

/** The package whose sources of the binding are built. */
function packageFolder(gpu: boolean): string {
  const name = gpu ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return refuse(`package ${name}`, 'none', 'pnpm install');
  }
}

function nodeHeaders(given: string | undefined): string {
  const places = given
    ? [resolve(given)]
    : [join(dirname(process.execPath), '..', 'include', 'node'), '/usr/include/node'];
  const found = places.find((place) => existsSync(join(place, 'node_api.h')));
  return (
    found ??
    refuse(
      'node_api.h',
      `none in ${places.join(', ')}`,
      'npm pack node-api-headers, and name its folder include in --node-include',
    )
  );
}

function compile(args: readonly string[]): void {
  const compiler = process.env.CXX ?? 'c++';
  const { error, status } = spawnSync(compiler, args, { stdio: 'inherit' });
  if (error) refuse('a C++17 compiler', `${compiler}: ${error.message}`, 'install g++ or clang, or name one in CXX');
  if (status !== 0) refuse('the binding to compile', `exit status ${status} of ${compiler}`, 'read its messages above');
}

/** Compiles the binding of tfjs-node against libtensorflow, and says how losslab finds it. */
export function build({ out, gpu, 'node-include': include, ...source }: BuildOptions): void {
  if (process.platform === 'win32') refuse('Linux or macOS', 'Windows', "take tfjs-node's own installer");
  if (source.wheel !== undefined && out === undefined) {
    refuse('--out with --wheel', 'none', 'name a folder outside the repository: the unpacked wheel stays in it');
  }
  const from = packageFolder(gpu);
  const to = out === undefined ? join(from, 'lib', `napi-v${NAPI}`) : resolve(out);
  const folder = libraryFolder(source, to);
  const files = libraryFiles(folder);
  const headers = nodeHeaders(include);
  mkdirSync(to, { recursive: true });
  const isMac = process.platform === 'darwin';
  console.log(`compiling against ${folder}`);
  compile([
    ...['-O2', '-fPIC', '-std=c++17', `-DNAPI_VERSION=${NAPI}`, isMac ? '-bundle' : '-shared'],
    ...(isMac ? ['-undefined', 'dynamic_lookup'] : []),
    ...[`-I${headers}`, `-I${join(folder, 'include')}`, `-I${from}`],
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(from, 'binding', file)),
    ...[...files, `-Wl,-rpath,${folder}`, '-o', join(to, ADDON)],
  ]);
  const variable = gpu ? 'LOSSLAB_TENSORFLOW_GPU' : 'LOSSLAB_TENSORFLOW';
  console.log(
    out === undefined ? 'built, where its package looks for it' : `built; losslab finds it by ${variable}=${to}`,
  );
  console.log(`it loads libtensorflow from ${folder}, which has to stay there; pnpm losslab doctor tries it`);
}
