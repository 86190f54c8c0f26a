import { type Build, Engine } from './engine.ts';
import { KernelError } from './errors.ts';
import { KernelMemory } from './memory.ts';

export type BuildChoice = 'auto' | Build;

const urlOf = (build: Build): URL => new URL(`../dist/kernels.${build}.wasm`, import.meta.url);

type Bytes = Uint8Array<ArrayBuffer>;

function fileSystem(): typeof import('node:fs') | undefined {
  const host = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  return host?.getBuiltinModule?.('node:fs') as typeof import('node:fs') | undefined;
}

function notBuilt(build: Build, cause: unknown): KernelError {
  return new KernelError(
    'engine',
    `[kernels] expected the module kernels.${build}.wasm in dist, got nothing; run \`pnpm --filter @losslab/kernels wasm\``,
    { where: build, cause },
  );
}

function readSync(build: Build): Bytes {
  const fs = fileSystem();
  if (fs === undefined) {
    throw new KernelError('engine', '[kernels] expected a file system, got none; await loadKernels() before kernels()');
  }
  try {
    return new Uint8Array(fs.readFileSync(urlOf(build)));
  } catch (cause) {
    throw notBuilt(build, cause);
  }
}

async function readAsync(build: Build): Promise<Bytes> {
  if (fileSystem() !== undefined) return readSync(build);
  const response = await fetch(urlOf(build));
  if (!response.ok) throw notBuilt(build, response.status);
  return new Uint8Array(await response.arrayBuffer());
}

function compile(build: Build, bytes: Bytes): WebAssembly.Module {
  if (WebAssembly.validate(bytes)) return new WebAssembly.Module(bytes);
  throw new KernelError(
    'engine',
    `[kernels] expected a host that runs the ${build} build, got one that does not; use build 'auto' or a newer Node`,
    { where: build },
  );
}

/** The relaxed build where the host takes it. */
function select(choice: BuildChoice, read: (build: Build) => Bytes): [Build, Bytes] {
  if (choice !== 'auto') return [choice, read(choice)];
  const relaxed = read('relaxed');
  return WebAssembly.validate(relaxed) ? ['relaxed', relaxed] : ['simd', read('simd')];
}

export function openEngine(choice: BuildChoice, memory: KernelMemory = new KernelMemory()): Engine {
  const [build, bytes] = select(choice, readSync);
  return new Engine(build, compile(build, bytes), memory);
}

export async function fetchEngine(choice: BuildChoice): Promise<Engine> {
  const wanted: Build[] = choice === 'auto' ? ['relaxed', 'simd'] : [choice];
  const read = new Map(await Promise.all(wanted.map(async (build) => [build, await readAsync(build)] as const)));
  const [build, bytes] = select(choice, (name) => read.get(name)!);
  return new Engine(build, compile(build, bytes), new KernelMemory());
}
