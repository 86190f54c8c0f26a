// The Markdown of this repository, taken apart.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import Slugger from 'github-slugger';
import markdownIt from 'markdown-it';
import { root } from '../src/contents.ts';

/** Generated, or filled in before anybody reads them. */
const unread = ['api-reports', 'template'];
const skipped = new Set(['node_modules', 'dist', 'runs', 'data', 'coverage', 'CHANGELOG.md', ...unread]);

/** Every Markdown file that people read, by its path from the root. */
export const documents: readonly string[] = globSync('**/*.md', {
  cwd: root,
  exclude: (name) => skipped.has(name),
})
  .map((path) => path.replaceAll('\\', '/'))
  .sort();

export function read(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}

const parser = markdownIt({ html: true });
type Token = ReturnType<typeof parser.parse>[number];
const parsed = new Map<string, Token[]>();

function tokensOf(document: string): Token[] {
  const tokens = parsed.get(document) ?? parser.parse(read(document), {});
  parsed.set(document, tokens);
  return tokens;
}

function inline(document: string): Token[] {
  return tokensOf(document).flatMap((token) => token.children ?? []);
}

export interface Block {
  readonly document: string;
  /** `ts`, `yaml`; empty where it says none. */
  readonly language: string;
  readonly text: string;
  /** Why a test must not run it, from a comment `<!-- not run: reason -->` before it. */
  readonly notRun?: string;
  /** The file that it is a part of, from the root, by a comment `<!-- from: file -->` before it. */
  readonly from?: string;
}

/** The blocks of code, fenced and indented. */
export function blocksOf(document: string): Block[] {
  const tokens = tokensOf(document);
  return tokens.flatMap((token, k) => {
    if (token.type !== 'fence' && token.type !== 'code_block') return [];
    const [, mark, said] = tokens[k - 1]?.content.match(/^<!-- (not run|from): (.+?) -->\s*$/s) ?? [];
    const [language = ''] = token.info.trim().split(/\s+/);
    const block = { document, language, text: token.content.trimEnd() };
    if (mark === 'not run') return [{ ...block, notRun: said! }];
    return [mark === 'from' ? { ...block, from: normalize(join(dirname(document), said!)) } : block];
  });
}

/** What stands between backticks in running text and tables. */
export function codeSpans(document: string): string[] {
  return inline(document).flatMap(({ type, content }) => (type === 'code_inline' ? [content] : []));
}

export interface Link {
  readonly document: string;
  readonly href: string;
  /** The file or folder meant, from the root; the document itself for `#anchor`. */
  readonly path: string;
  readonly anchor?: string;
}

/** Links and pictures that lead to something in this repository. */
export function linksOf(document: string): Link[] {
  const hrefs = inline(document).map((token) => token.attrGet('href') ?? token.attrGet('src'));
  return hrefs.flatMap((value) => {
    const href = value == null ? undefined : String(value);
    if (href === undefined || /^[a-z][a-z+.-]*:/i.test(href)) return [];
    const [path = '', anchor] = decodeURI(href).split('#');
    const target = path === '' ? document : normalize(join(dirname(document), path));
    return [{ document, href, path: target, ...(anchor !== undefined && { anchor }) }];
  });
}

/** The anchors that a document's headings make, as GitHub writes them. */
export function anchorsOf(document: string): Set<string> {
  const slugger = new Slugger();
  const tokens = tokensOf(document);
  const headings = tokens.flatMap((token, k) => (token.type === 'heading_open' ? [tokens[k + 1]!] : []));
  return new Set(headings.map(({ children }) => slugger.slug((children ?? []).map(({ content }) => content).join(''))));
}
