// Compiles the package in the working directory from src to dist: JavaScript, declarations, maps.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dir = process.cwd();

// Everything in dist goes but the WebAssembly, which a task of its own has put there.
function clean(dist: string) {
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist)) {
    if (!name.endsWith('.wasm')) rmSync(join(dist, name), { recursive: true });
  }
}

// Written where git does not look: a package has no tool configuration of its own.
function writeConfig(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'tsconfig.build.json');
  const config = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      rootDir: join(dir, 'src'),
      outDir: join(dir, 'dist'),
      declaration: true,
      declarationMap: true,
      sourceMap: true,
    },
    include: [join(dir, 'src')],
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

clean(join(dir, 'dist'));
const config = writeConfig(join(dir, 'node_modules', '.cache'));
try {
  execFileSync('tsc', ['-p', config], { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
} catch {
  process.exitCode = 1;
}
