import { createHash as createNodeHash } from 'node:crypto';

/** A SHA-256 in the making. */
export interface Digest {
  update(bytes: Uint8Array | string): unknown;
  copy(): Digest;
  digest(encoding: 'hex'): string;
}

export const createHash = (): Digest => createNodeHash('sha256');
