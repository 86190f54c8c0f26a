import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refuse } from './refusal.ts';
import { unpackWheel } from './wheel.ts';

/** Where a TensorFlow is: the folder `tensorflow` of an installed or unpacked wheel. */
export interface Source {
  readonly wheel?: string | undefined;
  readonly python?: string | undefined;
  readonly library?: string | undefined;
}

/** `python`'s package `tensorflow`, found without importing it. */
function installedIn(python: string): string {
  const code =
    "import importlib.util as u; s = u.find_spec('tensorflow'); print(s.submodule_search_locations[0] if s else '')";
  const { stdout, error } = spawnSync(python, ['-c', code], { encoding: 'utf8' });
  if (error) refuse('a Python', `${python}: ${error.message}`, 'name one, e.g. --python python3');
  const folder = stdout.trim();
  if (folder === '') refuse(`TensorFlow in ${python}`, 'none', `${python} -m pip install tensorflow-cpu`);
  return folder;
}

/** The package's folder `tensorflow`, with libraries and headers. A wheel is unpacked into `out`. */
export function libraryFolder({ wheel, python, library }: Source, out: string): string {
  const given = [wheel, python, library].filter((source) => source !== undefined).length;
  if (given !== 1) refuse('one of --wheel, --python and --library', `${given}`, 'say where TensorFlow is');
  if (python !== undefined) return checked(installedIn(python));
  if (library !== undefined) return checked(resolve(library));
  return checked(unpackWheel(resolve(wheel!), out));
}

function checked(folder: string): string {
  const header = join(folder, 'include', 'tensorflow', 'c', 'eager', 'c_api.h');
  if (!existsSync(header))
    refuse('the headers of TensorFlow', `no ${header}`, 'give it the folder `tensorflow` of a wheel');
  return folder;
}

/** libtensorflow_cc and libtensorflow_framework, or libtensorflow of the C distribution's own. */
export function libraryFiles(folder: string): string[] {
  const inside = readdirSync(folder);
  const files = ['libtensorflow_cc', 'libtensorflow_framework'].map((name) =>
    inside.find((file) => file.startsWith(`${name}.`) && /\.(so|dylib)/.test(file)),
  );
  const missing = files.indexOf(undefined);
  if (missing >= 0) {
    const name = ['libtensorflow_cc', 'libtensorflow_framework'][missing]!;
    refuse(`${name} in ${folder}`, 'none', 'take a wheel of TensorFlow for Linux or macOS (2.21 is known to work)');
  }
  return files.map((file) => join(folder, file!));
}
