import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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

interface Outcome {
  readonly result: RunResult;
  readonly recommended: readonly Recommended[];
}

/** The same training in a process of Node, on one thread. */
function inNode(wish: Omit<Wish, 'epochs' | 'seed'>, file?: string): Outcome {
  const asked = JSON.stringify({ epochs: EPOCHS, seed: 1, threads: 1, ...wish });
  const node = ['--conditions=@losslab/source', join(root, 'test', 'in-node.ts'), asked];
  return JSON.parse(execFileSync(process.execPath, file === undefined ? node : [...node, file], { encoding: 'utf8' }));
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
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'losslab-page-'));
    const pages = join(folder, 'page');
    let browser: Browser;
    let served: Served;
    let page: Page;
    const told: string[] = [];

    beforeAll(async () => {
      await build({ root, logLevel: 'error', build: { outDir: pages, emptyOutDir: false } });
      browser = await launch();
    }, 240_000);
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
      await page.getByText(/^Finished|^Not trained/).waitFor({ timeout: 120_000 });
      expect(await page.getByRole('alert').isHidden(), await page.locator('#error').textContent()).toBe(true);
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

    test('that is not isolated trains on one thread, here on a file of pairs, to the bits of Node', async () => {
      const file = join(folder, 'pairs.csv');
      const { table } = generate({ users: 150, items: 120, interactionsPerUser: 20 }).dataset;
      writeFileSync(file, Array.from(table!.users, (user, row) => `u${user},i${table!.items[row]}`).join('\n'));
      await open({});
      await page.getByLabel('File of user,item pairs').setInputFiles(file);
      await page.getByLabel('Loss').selectOption('vbpr');
      await page.getByLabel('Threads').fill('2');
      const { result, rows } = await trained();
      expect(result.engine).toEqual({ name: 'simd', build: 'relaxed', threads: 1 });
      expect(await shown('isolation')).toBe('no: one thread');
      const expected = inNode({ loss: 'vbpr', build: 'relaxed' }, file);
      expect(bits(result)).toEqual(bits(expected.result));
      expect(rows).toEqual(cells(expected.recommended));
    });

    test.each([
      ['relaxed SIMD takes the plain build', withoutRelaxed, 'simd'],
      ['shared memory trains without it', withoutShared, 'relaxed'],
    ] as const)('in a browser without %s, to the bits of Node', async (_, prelude, build) => {
      await open({}, prelude);
      const { result } = await trained();
      expect(result.engine).toEqual({ name: 'simd', build, threads: 1 });
      expect(bits(result)).toEqual(bits(inNode({ loss: 'bsl', build }).result));
    });

    test('tells of a file that it cannot read, and of a module that is not there', async () => {
      await open({});
      const file = { name: 'broken.csv', mimeType: 'text/csv', buffer: Buffer.from('user,item\n1,2\n3\n') };
      await page.getByLabel('File of user,item pairs').setInputFiles(file);
      await page.getByRole('button', { name: 'Train' }).click();
      await expect
        .poll(() => page.getByRole('alert').textContent(), { timeout: 60_000 })
        .toMatch(/^\[data\] expected .*broken\.csv/);
      const module = readdirSync(join(pages, 'assets')).find((name) => name.startsWith('kernels.relaxed'))!;
      await page.route(`**/${module}`, (route) => route.fulfill({ status: 404 }));
      await page.getByRole('button', { name: 'Train' }).click();
      const text =
        /^\[kernels\] expected a WebAssembly module at .*kernels\.relaxed.*\.wasm, got status 404; serve the file there$/;
      await expect.poll(() => page.getByRole('alert').textContent(), { timeout: 60_000 }).toMatch(text);
      expect(await page.getByRole('button', { name: 'Train' }).isEnabled()).toBe(true);
    });

    test('stops when asked to', async () => {
      await open({});
      await page.getByLabel('Epochs').fill('10000');
      await page.getByRole('button', { name: 'Train' }).click();
      await page.getByText(/^Epoch 1/).waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText(/^Stopped after epoch/).waitFor({ timeout: 60_000 });
    });
  },
);

test('the page of the README is there', () => {
  expect(existsSync(join(root, '..', '..', 'docs', 'images', 'browser.png'))).toBe(true);
});
