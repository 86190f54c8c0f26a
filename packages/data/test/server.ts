import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TestServer {
  readonly url: string;
  /** The range that each request asked for, in order. */
  readonly ranges: (string | undefined)[];
  /** Changes how the next requests are answered. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A server on this machine that lasts as long as the test. */
export async function serverWith(answer: TestServer['answer']): Promise<TestServer> {
  const server = createServer((request, response) => {
    made.ranges.push(request.headers.range);
    made.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  const made: TestServer = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ranges: [], answer };
  return made;
}

/** Serves `bytes`, ranges too. */
export function serves(bytes: Uint8Array): TestServer['answer'] {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from >= bytes.length) {
      response.writeHead(416).end();
      return;
    }
    const headers = { 'content-length': bytes.length - from };
    const range = { ...headers, 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(request.headers.range ? 206 : 200, request.headers.range ? range : headers);
    response.end(bytes.subarray(from));
  };
}

/** Serves the first `count` bytes of `bytes` and breaks the connection. */
export function breaksAfter(bytes: Uint8Array, count: number): TestServer['answer'] {
  return (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, count), () => setTimeout(() => response.destroy(), 20));
  };
}

/** Serves the first `count` bytes of `bytes`, then nothing. */
export function hangsAfter(bytes: Uint8Array, count: number): TestServer['answer'] {
  return (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, count));
  };
}
