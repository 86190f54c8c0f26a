import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Spellings } from './name.ts';

const template = fileURLToPath(new URL('./template/', import.meta.url));

/** The files of a new loss, by their paths below its folder. Its README comes last, when the others are formatted. */
export function packageFiles(spellings: Spellings, root: string): Map<string, string> {
  const files = new Map([['package.json', manifest(spellings, root)]]);
  for (const path of sources()) {
    files.set(filled(relative(template, path).split(sep).join('/'), spellings), fill(path, spellings));
  }
  return files;
}

/** The template's TypeScript files. */
function sources(): string[] {
  const entries = readdirSync(template, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** What the template's files import and declare at their top level, the loss itself aside: no loss may be spelt so. */
export function templateWords(): string[] {
  return sources().flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    const lists = [...text.matchAll(/^import (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) => names!.split(','));
    const others = [...text.matchAll(/^(?:import \* as|(?:export )?(?:const|function)) (\w+)/gm)].map(
      ([, name]) => name!,
    );
    const words = [...lists, ...others].map((name) => name.trim().replace(/^.* as /, '')).filter((name) => name !== '');
    return words.filter((name) => !name.startsWith('templateName'));
  });
}

/** @param example test/example.ts, which the README shows */
export function readme(spellings: Spellings, example: string): string {
  return fill(join(template, 'README.md'), spellings).replace('EXAMPLE', () => example.trimEnd());
}

export function changeset(spellings: Spellings): string {
  return fill(join(template, 'changeset.md'), spellings);
}

const fill = (path: string, spellings: Spellings): string => filled(readFileSync(path, 'utf8'), spellings);

/** Puts a loss's names in the place of the template's. */
function filled(text: string, { name, definition, function: compute }: Spellings): string {
  return text
    .replaceAll('templateNameLoss', compute)
    .replaceAll('templateName', definition)
    .replaceAll('template-name', name);
}

/** That of another loss, so that what all packages have in common is written once. */
function manifest(spellings: Spellings, root: string): string {
  const text = readFileSync(join(root, 'packages', 'losses', 'classic', 'package.json'), 'utf8');
  const parts = JSON.parse(text) as Record<string, unknown> & {
    homepage: string;
    repository: { directory: string };
  };
  const own = {
    ...parts,
    name: spellings.package,
    version: '0.0.0',
    description: 'TODO: what the loss is, for npm.',
    keywords: [...new Set(['losslab', 'recommender-systems', 'loss', spellings.name])],
    homepage: parts.homepage.replace('/classic', `/${spellings.name}`),
    repository: { ...parts.repository, directory: `packages/losses/${spellings.name}` },
  };
  return `${JSON.stringify(own, undefined, 2)}\n`;
}
