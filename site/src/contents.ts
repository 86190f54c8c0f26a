// What the site holds beside the API: groups of Markdown documents, in the order of the navigation.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A Markdown file by its path from the root of the repository; the site calls it by its first heading. */
export interface Page {
  readonly path: string;
  readonly group: string;
}

const groups: Readonly<Record<string, readonly string[]>> = {
  Guides: [
    'docs/first-model.md',
    'docs/your-data.md',
    'docs/choosing-a-loss.md',
    'docs/reading-a-report.md',
    'docs/reproducing-a-paper.md',
    'docs/command-line.md',
    'docs/contribute-a-loss.md',
    'docs/plug-ins.md',
    'docs/engines.md',
    'docs/performance.md',
  ],
  Measured: ['docs/results.md'],
  Project: ['CONTRIBUTING.md'],
};

/** Pages that are there, listed ones first; what lies in docs/ and is listed nowhere comes under `More`. */
export function pages(): Page[] {
  const found = ['CONTRIBUTING.md', ...markdownIn('docs')];
  const listed = Object.entries(groups).flatMap(([group, paths]) => paths.map((path) => ({ path, group })));
  const others = found.filter((path) => !listed.some((page) => page.path === path));
  const decisions = markdownIn('docs/decisions').map((path) => ({ path, group: 'Decisions' }));
  return [
    ...listed.filter(({ path }) => found.includes(path)),
    ...others.map((path) => ({ path, group: 'More' })),
    ...decisions,
  ];
}

function markdownIn(folder: string): string[] {
  const names = readdirSync(`${root}${folder}`).filter((name) => name.endsWith('.md'));
  return names.sort().map((name) => `${folder}/${name}`);
}
