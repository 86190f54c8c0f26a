import { sha256 as noble } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Digest } from '../hash.ts';

/*
 * What stands in for ../hash.ts where the package is bundled for browsers (`imports` in package.json): theirs take no
 * data piece by piece.
 */

export function sha256(): Digest {
  return digestOf(noble.create());
}

function digestOf(hash: ReturnType<typeof noble.create>): Digest {
  return {
    update: (bytes) => hash.update(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes),
    copy: () => digestOf(hash.clone()),
    digest: () => bytesToHex(hash.digest()),
  };
}
