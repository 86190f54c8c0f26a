import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Spellings } from './name.ts';

const template = fileURLToPath(new URL('./template/', import.meta.url));

/** The files of a new loss, by their paths below its folder. Its README comes last, when the others are formatted. */
export function packageFiles(spellings: Spellings, root: string): Map<string, string> {
  const files = new Map([['package.json', manifest(spellings, root)]]);
  for (const entry of readdirSync(template, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(filled(relative(template, path).split(sep).join('/'), spellings), fill(path, spellings));
  }
  return files;
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
