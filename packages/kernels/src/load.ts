import { type Build, Engine } from './engine.ts';
import { expected, KernelError } from './errors.ts';
import { builtin } from './host.ts';
import { KernelMemory } from './memory.ts';
import { type Bytes, withUnsharedMemory } from './unshared.ts';

export type BuildChoice = 'auto' | Build;

/** Spelt out, so that bundlers find the files. */
const relaxed = new URL('../dist/kernels.relaxed.wasm', import.meta.url);
const urls: Readonly<Record<Build, URL>> = {
  relaxed,
  wide: relaxed,
  simd: new URL('../dist/kernels.simd.wasm', import.meta.url),
};

/** Says which build `auto` is in a process, and in those that it starts. */
const VARIABLE = 'LOSSLAB_BUILD';

/** The builds that may do, the better first. */
function buildsFor(choice: BuildChoice): readonly Build[] {
  if (choice !== 'auto') return [choice];
  const asked = (globalThis as { process?: { env?: Record<string, string> } }).process?.env?.[VARIABLE];
  if (!asked) return ['relaxed', 'simd'];
  if (!Object.hasOwn(urls, asked))
    throw expected('simd, relaxed or wide', asked, `set ${VARIABLE} to one of them, or not at all`);
  return [asked as Build];
}

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
function compile(build: Build, bytes: Bytes, { isShared }: KernelMemory): WebAssembly.Module | undefined {
  if (build === 'wide' && !widen()) return undefined;
  const fitting = isShared ? bytes : withUnsharedMemory(bytes);
  return WebAssembly.validate(fitting) ? new WebAssembly.Module(fitting) : undefined;
}

/** The first V8 whose revectorizer was seen to work, that of Node 24. That of Node 22 has the flag and does nothing. */
const WIDENING_V8 = 13;

/**
 * Lets V8 make one vector of 256 bits out of two neighbours, in all WebAssembly that this process compiles from here on. What
 * it finds no pairs in stays as it is. The flag is V8's, and experimental: decision 0013.
 */
function widen(): boolean {
  const v8 = builtin('v8');
  if (v8 === undefined || process.arch !== 'x64' || Number.parseInt(process.versions.v8, 10) < WIDENING_V8)
    return false;
  v8.setFlagsFromString('--experimental-wasm-revectorize');
  return true;
}

function refused(choice: BuildChoice): KernelError {
  const build = buildsFor(choice).at(-1)!;
  const host = build === 'wide' ? 'Node 24 or newer on x64, which alone runs' : 'a host that runs';
  return new KernelError(
    'engine',
    `[kernels] expected ${host} the ${build} build, got one that does not; use build 'auto' or a newer Node or browser`,
    { where: build },
  );
}

export function openEngine(choice: BuildChoice, memory: KernelMemory = new KernelMemory()): Engine {
  for (const build of buildsFor(choice)) {
    const module = compile(build, readSync(build), memory);
    if (module !== undefined) return new Engine(build, module, memory);
  }
  throw refused(choice);
}

/** As `openEngine`, but fetches what it reads where there is no file system; one build after the other, so seldom two. */
export async function fetchEngine(choice: BuildChoice): Promise<Engine> {
  const memory = new KernelMemory();
  for (const build of buildsFor(choice)) {
    const module = compile(build, await readAsync(build), memory);
    if (module !== undefined) return new Engine(build, module, memory);
  }
  throw refused(choice);
}
