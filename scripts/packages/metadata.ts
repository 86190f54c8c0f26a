// What every manifest has to say before it is published.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Package } from './list.ts';

/** A placeholder until the repository has a public home; docs/packages.md says so. */
const REPOSITORY = 'https://github.com/losslab/losslab';

type Field = Record<string, unknown>;

function expectedFields({ path }: Package): Field {
  return {
    license: 'Apache-2.0',
    type: 'module',
    homepage: `${REPOSITORY}/tree/main/${path}#readme`,
    bugs: `${REPOSITORY}/issues`,
    repository: { type: 'git', url: `git+${REPOSITORY}.git`, directory: path },
    engines: { node: '>=22.18' },
    publishConfig: { access: 'public', provenance: true },
  };
}

function fixedFields(each: Package): string[] {
  return Object.entries(expectedFields(each))
    .filter(([field, value]) => JSON.stringify(each.manifest[field]) !== JSON.stringify(value))
    .map(([field, value]) => `${field} should be ${JSON.stringify(value)}`);
}

function ownFields({ manifest, dir }: Package): string[] {
  const { description, keywords, sideEffects, files, exports } = manifest as Field;
  const problems: string[] = [];
  const ask = (ok: boolean, problem: string) => ok || problems.push(problem);
  ask(typeof description === 'string' && description.endsWith('.'), 'description should be a sentence');
  ask(Array.isArray(keywords) && keywords.length >= 2, 'keywords should be two or more');
  ask(sideEffects === false || Array.isArray(sideEffects), 'sideEffects should be false, or name modules');
  for (const file of Array.isArray(sideEffects) ? sideEffects : []) {
    ask(existsSync(join(dir, file)), `sideEffects names ${file}, which is not there`);
  }
  ask(Array.isArray(files) && ['dist', 'src', 'README.md'].every((f) => files.includes(f)), 'files is too short');
  ask((exports as Field)['./package.json'] === './package.json', 'exports should have ./package.json');
  for (const [entry, conditions] of Object.entries(exports as Record<string, Field | string>)) {
    const names = typeof conditions === 'string' ? '' : Object.keys(conditions).join(' ');
    ask(
      ['', '@losslab/source types default', '@losslab/source browser types default'].includes(names),
      `exports ${entry}: wrong conditions`,
    );
  }
  return problems;
}

/** Ours go by `workspace:^`, so that versions of one minor share a copy; tfjs is the program's, so never ours to bring. */
function dependencies({ manifest }: Package): string[] {
  const { dependencies = {}, peerDependencies = {} } = manifest as Record<string, Record<string, string> | undefined>;
  const problems: string[] = [];
  for (const [name, range] of Object.entries(dependencies)) {
    if (range.startsWith('workspace:') && range !== 'workspace:^') problems.push(`${name} should be workspace:^`);
    if (name.startsWith('@tensorflow/'))
      problems.push(`${name} should be a peer: a dependency may become a second copy`);
  }
  for (const [name, range] of Object.entries(peerDependencies)) {
    if (name.startsWith('@tensorflow/') && range !== '^4.22.0') problems.push(`peer ${name} should be ^4.22.0`);
  }
  return problems;
}

/** With `import { z }` bundlers keep all of zod, languages included; with a namespace what is used. */
function zodImports({ dir }: Package): string[] {
  const files = globSync('src/**/*.ts', { cwd: dir });
  const whole = files.filter((file) =>
    /^import (type )?\{ z \} from 'zod'/m.test(readFileSync(join(dir, file), 'utf8')),
  );
  return whole.map((file) => `${file} should have \`import * as z from 'zod'\``);
}

export const metadataProblems = (each: Package): string[] => [
  ...fixedFields(each),
  ...ownFields(each),
  ...dependencies(each),
  ...zodImports(each),
];
