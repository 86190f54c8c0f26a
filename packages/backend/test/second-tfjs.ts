import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Copies what Node loads of @tensorflow/tfjs, and of the packages it is made of, into `folder`/node_modules. */
export function copyTfjs(folder: string): void {
  const seen = new Set<string>();
  const copy = (name: string, from: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const file = createRequire(from).resolve(`${name}/package.json`);
    const target = join(folder, 'node_modules', name);
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    if (!name.startsWith('@tensorflow/')) {
      mkdirSync(dirname(target), { recursive: true });
      symlinkSync(dirname(file), target, 'junction');
      return;
    }
    cpSync(file, join(target, 'package.json'));
    cpSync(join(dirname(file), manifest.main), join(target, manifest.main));
    for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
      if (isThere(dependency, file)) copy(dependency, file);
    }
  };
  copy('@tensorflow/tfjs', import.meta.filename);
}

/** Some packages keep their package.json to themselves; tfjs's bundles do not need those. */
function isThere(name: string, from: string): boolean {
  try {
    return createRequire(from).resolve(`${name}/package.json`) !== '';
  } catch {
    return false;
  }
}
