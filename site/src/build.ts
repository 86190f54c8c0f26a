// Builds the site: TypeDoc reads the sources for the API and the Markdown of this repository for everything else.
import { mkdirSync, writeFileSync } from 'node:fs';
import { Application, LogLevel, TSConfigReader, type TypeDocOptions } from 'typedoc';
import { pages, root } from './contents.ts';
import { nameDocuments, nameModules } from './names.ts';
import { packages } from './packages.ts';
import { Router } from './router.ts';

/** @returns how many warnings there were, broken links among them. @throws Error where nothing could be built. */
export async function buildSite(out: string): Promise<number> {
  const entries = packages();
  const app = await Application.bootstrap(
    {
      name: 'losslab',
      readme: `${root}README.md`,
      entryPoints: entries.map(({ entry }) => entry),
      projectDocuments: pages().map(({ path }) => `${root}${path}`),
      tsconfig: writeConfig(entries.map(({ entry }) => entry)),
      basePath: root,
      skipErrorChecking: true, // `pnpm typecheck` does that
      ...reading,
      ...looks,
    },
    [new TSConfigReader()],
  );
  app.renderer.defineRouter('losslab', Router);
  nameModules(app, entries);
  nameDocuments(app, pages());
  const project = await app.convert();
  if (project === undefined) throw new Error('the site could not be built: see the errors above');
  app.validate(project);
  await app.generateDocs(project, out);
  if (app.logger.hasErrors()) throw new Error('the site was built with errors: see above');
  return app.logger.warningCount;
}

const reading: Partial<TypeDocOptions> = {
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  excludeReferences: true,
  disableGit: true,
  gitRevision: 'main',
  sourceLinkTemplate: 'https://github.com/losslab/losslab/blob/{gitRevision}/{path}#L{line}',
  validation: { notExported: false, notDocumented: false, invalidLink: true, invalidPath: true },
  logLevel: LogLevel.Warn,
};

const looks: Partial<TypeDocOptions> = {
  router: 'losslab',
  customCss: `${root}site/src/site.css`,
  customJs: `${root}site/src/site.js`,
  locales: { en: { kind_module: 'Package', kind_plural_module: 'Packages' } },
  hideGenerator: true,
  includeHierarchySummary: false, // links to anchors that the summary does not have
  cleanOutputDir: true,
  searchInDocuments: true,
  headings: { readme: false, document: true },
  navigation: { includeGroups: true, excludeReferences: true },
  groupOrder: ['Guides', 'Measured', 'More', 'Packages', 'Project', 'Decisions'],
  sort: ['documents-first', 'kind', 'alphabetical-ignoring-documents'],
  highlightLanguages: ['typescript', 'yaml', 'json', 'bash', 'html', 'csv', 'md'],
};

/** A program of the packages' entries alone; the root's configuration would bring tests and benchmarks along. */
function writeConfig(files: readonly string[]): string {
  const folder = `${root}site/node_modules/.cache`;
  mkdirSync(folder, { recursive: true });
  const compilerOptions = { noEmit: true, customConditions: ['@losslab/source'], rootDir: root };
  const config = { extends: `${root}tsconfig.base.json`, compilerOptions, files };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config));
  return `${folder}/tsconfig.json`;
}
