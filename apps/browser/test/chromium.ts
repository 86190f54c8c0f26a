import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env.LOSSLAB_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where a Chromium or Chrome is; undefined where there is none, and the reason to skip is `missing`. */
export const executable = places.find((path) => path !== undefined && existsSync(path));

export const missing = 'no Chromium: apt-get install chromium, or name one in LOSSLAB_CHROMIUM';

const quiet = [
  'no-first-run',
  'disable-background-networking',
  'disable-component-update',
  'disable-sync',
  'disable-quic',
];

/** Headless, silent on the network, and without a sandbox, which root may not have. */
export function launch(): Promise<Browser> {
  const args = [...quiet, 'disable-gpu', 'no-sandbox', 'disable-dev-shm-usage'].map((flag) => `--${flag}`);
  return chromium.launch({ executablePath: executable!, args });
}
