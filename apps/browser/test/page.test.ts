import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunResult } from '@losslab/core';
import { generate } from '@losslab/data';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Recommended, Wish } from '../src/messages.ts';
import { isolation } from '../vite.config.ts';
import { executable, launch, missing } from './chromium.ts';
import { withoutRelaxed, withoutShared } from './older-browsers.ts';
import { type Served, serve } from './serve.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const EPOCHS = 3;
/** Milliseconds; a machine may be busy with other tests. */
const PATIENCE = 240_000;

interface Outcome {
  readonly result: RunResult;
  readonly recommended: readonly Recommended[];
}

const known = new Map<string, Outcome>();

/** The same training in a process of Node, on one thread. */
function inNode(wish: Omit<Wish, 'epochs' | 'seed'>, file?: string): Outcome {
  const asked = JSON.stringify({ epochs: EPOCHS, seed: 1, threads: 1, ...wish });
  const key = `${asked} ${file}`;
  const node = ['--conditions=@losslab/source', join(root, 'test', 'in-node.ts'), asked, ...(file ? [file] : [])];
  const outcome = known.get(key) ?? JSON.parse(execFileSync(process.execPath, node, { encoding: 'utf8' }));
  known.set(key, outcome);
  return outcome;
}

/** What has to be the same to the bit. */
const bits = ({ metrics, validation, curve, dataset }: RunResult) => ({
  metrics,
  validation,
  checksum: dataset.checksum,
  curve: curve.map(({ loss, valid }) => ({ loss, valid })),
});

const cells = (recommended: readonly Recommended[]): string[][] =>
  recommended.map(({ user, items }) => [user, ...items.map(({ item, heldOut }) => (heldOut ? `${item} ✓` : item))]);

describe.skipIf(executable === undefined)(
  `a page in headless Chromium${executable ? '' : ` (skipped: ${missing})`}`,
  { timeout: PATIENCE },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'losslab-page-'));
    const pages = join(folder, 'page');
    const file = join(folder, 'pairs.csv');
    let browser: Browser;
    let served: Served;
    let page: Page;
    const told: string[] = [];

    beforeAll(async () => {
      const { table } = generate({ users: 150, items: 120, interactionsPerUser: 20 }).dataset;
      writeFileSync(file, Array.from(table!.users, (user, row) => `u${user},i${table!.items[row]}`).join('\n'));
      await build({ root, logLevel: 'error', build: { outDir: pages, emptyOutDir: false } });
      browser = await launch();
    }, PATIENCE);
    afterEach(async () => {
      await page.close();
      served.close();
      expect(told.splice(0)).toEqual([]);
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true });
    });

    async function open(headers: Readonly<Record<string, string>>, prelude = ''): Promise<void> {
      served = await serve(pages, headers, { prelude });
      page = await browser.newPage();
      page.on('pageerror', (error) => told.push(error.message));
      await page.goto(served.address);
      await page.getByLabel('Epochs').fill(String(EPOCHS));
    }

    async function trained(): Promise<{ result: RunResult; rows: string[][] }> {
      await page.getByRole('button', { name: 'Train' }).click();
      await page.getByText(/^Finished|^Not trained/).waitFor({ timeout: PATIENCE });
      expect(await page.getByRole('alert').isHidden(), (await page.locator('#error').textContent()) ?? '').toBe(true);
      const result = await page.evaluate(
        async () =>
          (await fetch((document.querySelector('#keep a') as HTMLAnchorElement).href)).json() as Promise<unknown>,
      );
      const rows = await page
        .locator('#recommended tr')
        .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
      return { result: result as RunResult, rows };
    }

    const shown = (id: string): Promise<string | null> => page.locator(`#${id}`).textContent();

    test('that is cross-origin isolated trains on threads, to the bits of Node', async () => {
      await open(isolation);
      await page.getByLabel('Threads').fill('2');
      const { result, rows } = await trained();
      expect(result.engine).toEqual({ name: 'simd', build: 'relaxed', threads: 2 });
      expect(await shown('threads-used')).toBe('2'); // it says so where fewer came up
      const expected = inNode({ loss: 'bsl', build: 'relaxed' });
      expect(bits(result)).toEqual(bits(expected.result));
      expect(rows).toEqual(cells(expected.recommended));
      expect(rows.flat().some((cell) => cell.endsWith('✓'))).toBe(true);
      expect(await page.getByRole('img', { name: 'Validation recall by epoch' }).isVisible()).toBe(true);
      expect(served.asked.filter((path) => path.endsWith('.wasm'))).toHaveLength(1);
    });

    test.each([
      ['a page that is not isolated trains on one thread', '', 'relaxed'],
      ['a browser without relaxed SIMD takes the plain build', withoutRelaxed, 'simd'],
      ['a browser that has no shared memory there trains without it', withoutShared, 'relaxed'],
    ] as const)('%s, on a file of pairs, to the bits of Node', async (_, prelude, build) => {
      await open({}, prelude);
      await page.getByLabel('File of user,item pairs').setInputFiles(file);
      await page.getByLabel('Loss').selectOption('vbpr');
      await page.getByLabel('Threads').fill('2');
      const { result, rows } = await trained();
      expect(result.engine).toEqual({ name: 'simd', build, threads: 1 });
      expect(await shown('isolation')).toBe('no: one thread');
      const expected = inNode({ loss: 'vbpr', build }, file);
      expect(bits(result)).toEqual(bits(expected.result));
      expect(rows).toEqual(cells(expected.recommended));
    });

    test('tells of a file that it cannot read, and of a module that is not there', async () => {
      await open({});
      const broken = { name: 'broken.csv', mimeType: 'text/csv', buffer: Buffer.from('user,item\n1,2\n3\n') };
      await page.getByLabel('File of user,item pairs').setInputFiles(broken);
      await page.getByRole('button', { name: 'Train' }).click();
      await page.getByText(/^\[data\] broken\.csv:3:2: expected 2 columns/).waitFor({ timeout: PATIENCE });
      const module = readdirSync(join(pages, 'assets')).find((name) => name.startsWith('kernels.relaxed'))!;
      served.gone.add(`/assets/${module}`);
      await page.reload(); // without what it has loaded
      await page.getByRole('button', { name: 'Train' }).click();
      const text = `[kernels] expected a WebAssembly module at ${served.address}assets/${module}, got status 404; serve the file there`;
      await page.getByText(text).waitFor({ timeout: PATIENCE });
      expect(await page.getByRole('button', { name: 'Train' }).isEnabled()).toBe(true);
    });

    test('stops when asked to', async () => {
      await open({});
      await page.getByLabel('Epochs').fill('10000');
      await page.getByRole('button', { name: 'Train' }).click();
      await page.getByText(/^Epoch 1/).waitFor({ timeout: PATIENCE });
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText(/^Stopped after epoch/).waitFor({ timeout: PATIENCE });
    });
  },
);
