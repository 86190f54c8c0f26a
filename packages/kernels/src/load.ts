import { type Build, Engine } from './engine.ts';
import { KernelError } from './errors.ts';
import { builtin } from './host.ts';
import { KernelMemory } from './memory.ts';
import { type Bytes, withUnsharedMemory } from './unshared.ts';

export type BuildChoice = 'auto' | Build;

/** Spelt out, so that bundlers find the files. */
const urls: Readonly<Record<Build, URL>> = {
  relaxed: new URL('../dist/kernels.relaxed.wasm', import.meta.url),
  simd: new URL('../dist/kernels.simd.wasm', import.meta.url),
};

/** The builds that may do, the better first. */
const buildsFor = (choice: BuildChoice): readonly Build[] => (choice === 'auto' ? ['relaxed', 'simd'] : [choice]);

function notBuilt(build: Build, cause: unknown): KernelError {
  return new KernelError(
    'engine',
    `[kernels] expected the module kernels.${build}.wasm in dist, got nothing; run \`pnpm --filter @losslab/kernels wasm\``,
    { where: build, cause },
  );
}

function readSync(build: Build): Bytes {
  const fs = builtin('fs');
  if (fs === undefined) {
    throw new KernelError('engine', '[kernels] expected a file system, got none; await loadKernels() before kernels()');
  }
  try {
    return new Uint8Array(fs.readFileSync(urls[build]));
  } catch (cause) {
    throw notBuilt(build, cause);
  }
}

async function readAsync(build: Build): Promise<Bytes> {
  if (builtin('fs') !== undefined) return readSync(build);
  const { href } = urls[build];
  const response = await fetch(href).catch((cause: unknown) => {
    throw notServed(href, String(cause), cause);
  });
  if (!response.ok) throw notServed(href, `status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function notServed(address: string, got: string, cause?: unknown): KernelError {
  const message = `[kernels] expected a WebAssembly module at ${address}, got ${got}; serve the file there`;
  return new KernelError('engine', message, { where: address, cause });
}

/** The module, where the host runs it. */
function compile(bytes: Bytes, { isShared }: KernelMemory): WebAssembly.Module | undefined {
  const fitting = isShared ? bytes : withUnsharedMemory(bytes);
  return WebAssembly.validate(fitting) ? new WebAssembly.Module(fitting) : undefined;
}

function refused(choice: BuildChoice): KernelError {
  const build = buildsFor(choice).at(-1)!;
  return new KernelError(
    'engine',
    `[kernels] expected a host that runs the ${build} build, got one that does not; use build 'auto' or a newer Node or browser`,
    { where: build },
  );
}

export function openEngine(choice: BuildChoice, memory: KernelMemory = new KernelMemory()): Engine {
  for (const build of buildsFor(choice)) {
    const module = compile(readSync(build), memory);
    if (module !== undefined) return new Engine(build, module, memory);
  }
  throw refused(choice);
}

/** As `openEngine`, but fetches what it reads where there is no file system; one build after the other, so seldom two. */
export async function fetchEngine(choice: BuildChoice): Promise<Engine> {
  const memory = new KernelMemory();
  for (const build of buildsFor(choice)) {
    const module = compile(await readAsync(build), memory);
    if (module !== undefined) return new Engine(build, module, memory);
  }
  throw refused(choice);
}
