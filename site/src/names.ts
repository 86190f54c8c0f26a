// Gives modules their packages' names and READMEs, and documents their first headings and their groups.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type Application,
  type CommentDisplayPart,
  type Context,
  Converter,
  type DeclarationReflection,
  type DocumentReflection,
  MinimalSourceFile,
  type NormalizedPath,
  type ProjectReflection,
  ReflectionKind,
} from 'typedoc';
import { type Page, root } from './contents.ts';
import type { Package } from './packages.ts';

/** A module is called as its package, and its page is the package's README. */
export function nameModules(app: Application, packages: readonly Package[]): void {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context: Context, module: DeclarationReflection) => {
    if (!module.kindOf(ReflectionKind.Module)) return;
    const { files } = context.project;
    const found = packages.find(({ entry }) => entry === files.getReflectionPath(module));
    if (found === undefined) return;
    const path = `${root}${found.folder}/README.md` as NormalizedPath;
    module.name = found.name;
    module.readme = parse(app, context.project, path).content;
    files.registerReflectionPath(path, module);
    files.registerReflectionPath(dirname(path) as NormalizedPath, module);
  });
}

/** A document is called as its first heading says, and stands in its page's group. */
export function nameDocuments(app: Application, pages: readonly Page[]): void {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_: undefined, document: DocumentReflection) => {
    const { project } = document;
    const path = project.files.getReflectionPath(document)!;
    const page = pages.find((one) => `${root}${one.path}` === path);
    if (page === undefined) return;
    const { title, content } = parse(app, project, path);
    document.name = title ?? document.name;
    document.content = content;
    document.frontmatter.group = page.group;
  });
}

interface Parsed {
  readonly title: string | undefined;
  readonly content: CommentDisplayPart[];
}

const opening = /^(?:<!--.*?-->\s*)?# +([^\n]+)\n+/s;

/** A Markdown file without its title, as the site's pages have one of their own. */
function parse(app: Application, project: ProjectReflection, path: NormalizedPath): Parsed {
  const text = readFileSync(path, 'utf8');
  const file = new MinimalSourceFile(text.replace(opening, ''), path);
  const { content } = app.converter.parseRawComment(file, project.files);
  return { title: text.match(opening)?.[1]?.replaceAll('`', ''), content };
}
