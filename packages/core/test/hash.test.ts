import { expect, test } from 'vitest';
import { sha256 as inBrowsers } from '../src/browser/hash.ts';
import { sha256 } from '../src/hash.ts';

test('browsers have the SHA-256 that Node has', () => {
  const [one, other] = [sha256(), inBrowsers()];
  for (const hash of [one, other]) hash.update('sizes\n');
  const early = [one.copy(), other.copy()];
  for (const hash of [one, other]) hash.update(Uint8Array.from({ length: 1000 }, (_, k) => k));
  expect(other.digest('hex')).toBe(one.digest('hex'));
  expect(early[1]!.digest('hex')).toBe(early[0]!.digest('hex'));
});
