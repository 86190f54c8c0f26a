import { expect } from 'vitest';
import { firstDifference, type Tolerance } from './assert.ts';

declare module 'vitest' {
  // Type parameters as vitest declares them: declarations only merge where these are the same.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Same length, and each pair within 1e-5 of the larger magnitude (plus 1e-7) unless told otherwise. */
    toBeCloseToArray(expected: ArrayLike<number>, tolerance?: Tolerance): R;
  }
}

/** Adds losslab's matchers to vitest's `expect`. Call it once a test file. */
export function addMatchers(): void {
  expect.extend({
    toBeCloseToArray(received: ArrayLike<number>, expected: ArrayLike<number>, tolerance?: Tolerance) {
      if (received.length !== expected.length) {
        return { pass: false, message: () => `expected ${expected.length} numbers, got ${received.length}` };
      }
      const at = firstDifference(received, expected, tolerance);
      const message = (): string =>
        at < 0
          ? 'expected arrays that differ, got the same'
          : `expected [${at}] to be ${expected[at]}, got ${received[at]} (off by ${received[at]! - expected[at]!})`;
      return { pass: at < 0, message };
    },
  });
}
