import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dirname, normalize } from 'node:path/posix';
import { Parser } from 'htmlparser2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSite } from '../src/build.ts';
import { pages, root } from '../src/contents.ts';
import { packages } from '../src/packages.ts';

const out = mkdtempSync(join(tmpdir(), 'losslab-site-'));
afterAll(() => rmSync(out, { recursive: true }));

let warnings = -1;
beforeAll(async () => {
  warnings = await buildSite(out);
}, 600_000);

interface Html {
  readonly ids: Set<string>;
  /** What links, pictures, scripts and styles ask for. */
  readonly wanted: string[];
  /** Whether they are fetched as the page is shown. */
  readonly fetched: string[];
  readonly text: string;
  title: string;
}

function readHtml(path: string): Html {
  const text = readFileSync(join(out, path), 'utf8');
  const html: Html = { ids: new Set(), wanted: [], fetched: [], text, title: '' };
  let inTitle = false;
  const parser = new Parser({
    onopentag(tag, { id, href, src }) {
      inTitle = tag === 'title' && html.title === '';
      if (id !== undefined) html.ids.add(id);
      for (const url of [href, src]) if (url !== undefined) html.wanted.push(url);
      const fetched = tag === 'a' ? undefined : (src ?? href);
      if (fetched !== undefined) html.fetched.push(fetched);
    },
    ontext(words) {
      if (inTitle) html.title += words;
    },
    onclosetag() {
      inTitle = false;
    },
  });
  parser.end(text);
  return html;
}

test('nothing in the sources or in the Markdown warns', () => {
  expect(warnings).toBe(0);
});

test('every link of every page leads to a page, and to an anchor that it has', () => {
  const paths = globSync('**/*.html', { cwd: out }).map((path) => path.replaceAll('\\', '/'));
  expect(paths.length).toBeGreaterThan(packages().length + pages().length);
  const all = new Map(paths.map((path) => [path, readHtml(path)]));
  const isBroken = (from: string, url: string): boolean => {
    if (/^[a-z]+:/i.test(url)) return false;
    const [path = '', anchor = ''] = decodeURIComponent(url).split('#');
    const target = path === '' ? from : normalize(join(dirname(from), path.split('?')[0]!));
    const page = all.get(target);
    if (page === undefined) return !existsSync(join(out, target));
    return anchor !== '' && !page.ids.has(anchor);
  };
  const broken = [...all].flatMap(([from, { wanted }]) =>
    wanted.filter((url) => isBroken(from, url)).map((url) => `${from}: ${url}`),
  );
  expect(broken).toEqual([]);
});

test('no page fetches anything from elsewhere', () => {
  const pagesOfSite = globSync('**/*.html', { cwd: out });
  const hosts = pagesOfSite.flatMap((path) => readHtml(path).fetched.filter((url) => /^([a-z]+:)?\/\//i.test(url)));
  expect(hosts).toEqual([]);
});

test('the README is the front page', () => {
  expect(readHtml('index.html').text).toContain('Trains recommenders on implicit feedback');
});

test.each(packages())('$name has its README and its API', ({ name }) => {
  const page = readHtml(`modules/${name.replace(/[@/]/g, '_')}.html`);
  expect(page.text).toContain(`Package ${name}`);
  expect(page.text).toMatch(/<h[23][^>]*>.*(?:Functions|Interfaces|Variables)/s);
});

test('each document has a page of its own, named after its first heading', () => {
  for (const { path } of pages()) {
    const [, heading] = readFileSync(`${root}${path}`, 'utf8').match(/^# (.+)$/m)!;
    const url = `documents/${path.replace(/^docs\//, '').replace(/\.md$/, '')}.html`;
    expect(readHtml(url).title, path).toBe(`${heading!.replaceAll('`', '')} | losslab`);
  }
});
