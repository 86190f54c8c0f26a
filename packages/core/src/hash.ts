import { createHash } from 'node:crypto';

/** A SHA-256 in the making: bytes as they are, text as UTF-8. */
export interface Digest {
  update(bytes: Uint8Array | string): unknown;
  copy(): Digest;
  digest(encoding: 'hex'): string;
}

/** Begins a SHA-256, piece by piece; the same in Node and in browsers. */
export const sha256 = (): Digest => createHash('sha256');
