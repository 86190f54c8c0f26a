import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createKernels } from '../src/index.ts';

/** Runs `code` in a process whose WebAssembly is compiled by the optimizing compiler at once, as after many calls. */
function runApart(code: string, env: Record<string, string> = {}, more: readonly string[] = []): string {
  const flags = [
    '--no-liftoff',
    '--no-wasm-lazy-compilation',
    '--conditions=@losslab/source',
    ...more,
    '--input-type=module',
  ];
  return execFileSync(process.execPath, [...flags, '--eval', code], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

const source = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
const digest = `
  import { createHash } from 'node:crypto';
  import { createKernels, kernels } from ${source('../src/index.ts')};
  import { work } from ${source('./work.ts')};
  console.log(kernels().build, createHash('sha256').update(work(createKernels())).digest('hex'));
`;

const isWide = process.arch === 'x64' && Number.parseInt(process.versions.v8, 10) >= 13;

describe.runIf(isWide)('the build wide', () => {
  it('is asked for by LOSSLAB_BUILD, and gives the bits of relaxed', () => {
    const [build, bits] = runApart(digest, { LOSSLAB_BUILD: 'relaxed' }).trim().split(' ');
    expect(build).toBe('relaxed');
    expect(runApart(digest, { LOSSLAB_BUILD: 'wide' }).trim()).toBe(`wide ${bits}`);
    expect(runApart(digest, { LOSSLAB_BUILD: 'simd' }).trim()).not.toContain(bits);
  });

  it('makes wide vectors in the kernels that are written for it', () => {
    const compile = `
      import { setFlagsFromString } from 'node:v8';
      setFlagsFromString('--trace-wasm-revectorize');
      const { createKernels } = await import(${source('../src/index.ts')});
      createKernels({ build: 'wide' });
    `;
    const functions = runApart(compile, {}, ['--single-threaded'])
      .split('Begin revec function wasm-function#')
      .slice(1);
    const packed = functions
      .filter((text) => /Decide to vectorize, [1-9]/.test(text))
      .map((text) => Number.parseInt(text, 10));
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
    const module = new WebAssembly.Module(readFileSync(new URL('../dist/kernels.relaxed.wasm', import.meta.url)));
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    // An exported function is named by its number. Sums of listed rows, those of spmm, are no export.
    const numbered = new Map(
      Object.entries(exports).map(([name, each]) => [Number((each as { name: string }).name), name]),
    );
    const names = packed.map((number) => numbered.get(number) ?? 'inner');
    expect(names).toEqual(expect.arrayContaining(['matmul', 'topK', 'rightBlocks', 'ridgeRows', 'inner']));
  });

  it('is refused where V8 has no such thing, and a build that is none is named', () => {
    const refused = `
      import { createKernels } from ${source('../src/index.ts')};
      Object.defineProperty(process, 'arch', { value: 'arm64' });
      try { createKernels({ build: 'wide' }); } catch (error) { console.log(error.code, error.message); }
    `;
    expect(runApart(refused).trim()).toBe(
      "engine [kernels] expected Node 24 or newer on x64, which alone runs the wide build, got one that does not; use build 'auto' or a newer Node or browser",
    );
    const unknown = `
      import { kernels } from ${source('../src/index.ts')};
      try { kernels(); } catch (error) { console.log(error.code, error.message); }
    `;
    expect(runApart(unknown, { LOSSLAB_BUILD: 'toString' }).trim()).toBe(
      'bad-option [kernels] expected simd, relaxed or wide, got toString; set LOSSLAB_BUILD to one of them, or not at all',
    );
  });
});

it('is not what auto means by itself', () => {
  expect(createKernels().build).toBe(process.env.LOSSLAB_BUILD ?? 'relaxed');
});
