import { KindRouter, type Reflection } from 'typedoc';

/** The theme's addresses, but for documents: theirs come from their files, so that a title may change. */
export class Router extends KindRouter {
  protected override getIdealBaseName(reflection: Reflection): string {
    const path = reflection.isDocument() ? reflection.project.files.getReflectionPath(reflection) : undefined;
    const parts = path?.match(/([^/]+)\/([^/]+)\.md$/);
    if (parts == null) return super.getIdealBaseName(reflection);
    const [, folder, name] = parts;
    return folder === 'decisions' ? `documents/decisions/${name}` : `documents/${name}`;
  }
}
