import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { sourceOf } from './reference.ts';

/** What a plug-in threw and, where its stack tells, the line of the plug-in: `TypeError: x is not a function at ./mine.ts:12:5`. */
export function thrown(cause: unknown, reference: string, folder: string): string {
  const text = textOf(cause).replace(/\s+/g, ' ').trim();
  const place = placeOf(cause, reference, folder);
  return place === undefined ? text : `${text} at ${place}`;
}

/** Anything may be thrown, even what does not become a text. */
function textOf(cause: unknown): string {
  if (typeof cause === 'string') return JSON.stringify(cause);
  try {
    return String(cause);
  } catch {
    return typeof cause;
  }
}

/** The innermost frame within the plug-in, its file as it was named: `./mine.ts:12:5`, `@someone/loss/index.js:12:5`. */
function placeOf(cause: unknown, reference: string, folder: string): string | undefined {
  const source = sourceOf(reference, folder);
  if (!(cause instanceof Error) || source === undefined) return undefined;
  const path = realpathSync(source.path);
  const frames = `${cause.stack}`.split('\n').filter((line) => /^\s+at /.test(line));
  for (const frame of frames) {
    for (const base of [pathToFileURL(path).href, path]) {
      const [, rest] = frame.split(base, 2);
      const place = /^([\\/][^:]*)?:\d+:\d+/.exec(rest ?? '');
      if (place !== null) return `${source.name}${place[0]}`;
    }
  }
  return undefined;
}
