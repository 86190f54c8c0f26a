import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

export interface Served {
  readonly address: string;
  /** Paths that are answered with 404. */
  readonly gone: Set<string>;
  /** Paths that were asked for. */
  readonly asked: string[];
  close(): void;
}

/** Serves a folder on loopback with these headers; every script begins with `prelude`. */
export async function serve(
  folder: string,
  headers: Readonly<Record<string, string>>,
  { prelude = '' }: { prelude?: string } = {},
): Promise<Served> {
  const asked: string[] = [];
  const gone = new Set<string>();
  const server = createServer(async ({ url = '/' }, response) => {
    const path = normalize(new URL(url, 'http://loopback').pathname);
    asked.push(path);
    try {
      if (gone.has(path)) throw new Error('gone');
      const content = await readFile(join(folder, path.endsWith('/') ? 'index.html' : path));
      response.writeHead(200, { ...headers, 'content-type': types[extname(path)] ?? 'text/html' });
      if (path.endsWith('.js')) response.write(prelude);
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, gone, asked, close: () => server.close() };
}
