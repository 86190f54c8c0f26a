import { mkdirSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { bsl, cellKey, cellStore, planCells, type RunCell, type SweepEvent, sweep } from '../src/index.ts';
import { resultOf } from './results.ts';

const cells = planCells(bsl.experiments[0]!, {
  datasets: ['generated'],
  budget: 'smoke',
  protocols: ['paper', 'clean'],
  seeds: [1],
  methods: ['bpr', 'sl', 'bsl'],
}).map((cell) => ({ cell, key: cellKey(cell, 'x') }));

let out: string;
let trained: string[];
const runCell: RunCell = async (cell) => {
  trained.push(`${cell.method} ${cell.protocol}`);
  return resultOf(cell, 0.1);
};

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'losslab-sweep-'));
  trained = [];
});

function run(change: Partial<Parameters<typeof sweep>[0]> = {}) {
  return sweep({ cells, store: cellStore(out), runCell, jobs: 1, signal: new AbortController().signal, ...change });
}

describe('a sweep', () => {
  test('trains each cell once and keeps each in a file of its own', async () => {
    const outcomes = await run();
    expect(trained).toEqual(['bpr paper', 'sl paper', 'bsl paper', 'bpr clean', 'sl clean', 'bsl clean']);
    expect(outcomes.every(({ result }) => result !== undefined)).toBe(true);
    const files = readdirSync(join(out, 'cells')).sort();
    expect(files).toHaveLength(6);
    expect(files[0]).toMatch(/^generated-bpr-clean-seed-1-[0-9a-f]{12}\.json$/);
    expect(JSON.parse(readFileSync(join(out, 'cells', files[0]!), 'utf8'))).toMatchObject({
      format: 'losslab-cell/1',
      method: 'bpr',
      seed: 1,
      result: { metrics: { 'recall@20': 0.1 } },
    });
  });

  test('goes on from the cells that are there, and trains again one that is cut short or of another key', async () => {
    const first = await run();
    const [a, b] = readdirSync(join(out, 'cells')).sort() as [string, string];
    truncateSync(join(out, 'cells', a), 40);
    const other = JSON.parse(readFileSync(join(out, 'cells', b), 'utf8'));
    writeFileSync(join(out, 'cells', b), JSON.stringify({ ...other, key: 'another' }));
    trained = [];
    const events: string[] = [];
    const second = await run({ onEvent: (event) => events.push(event.kind) });
    expect(trained).toEqual(['bpr paper', 'bpr clean']);
    expect(second).toEqual(first);
    expect(events.filter((kind) => kind === 'reuse')).toHaveLength(4);
  });

  test('trains cells of one key once, whatever they are called', async () => {
    const [first] = cells;
    const twin = { cell: { ...first!.cell, method: 'twin' }, key: first!.key };
    const outcomes = await run({ cells: [first!, twin] });
    expect(trained).toEqual(['bpr paper']);
    expect(outcomes.map(({ cell, result }) => [cell.method, result?.loss?.name])).toEqual([
      ['bpr', 'bpr'],
      ['twin', 'bpr'],
    ]);
    expect(cellStore(out).read(first!.key)).toBeDefined();
  });

  test('goes past a cell that fails, and says why', async () => {
    const outcomes = await run({
      runCell: async (cell, context) => {
        if (cell.method === 'sl') throw new Error('NaN at step 3');
        return runCell(cell, context);
      },
    });
    expect(outcomes.map(({ result, error }) => error?.message ?? result!.loss!.name)).toEqual([
      'bpr',
      'NaN at step 3',
      'bsl',
      'bpr',
      'NaN at step 3',
      'bsl',
    ]);
    expect(cellStore(out).count()).toBe(4);
  });

  test('stops when told to: the running cell is not kept, no new one starts, resuming ends the same', async () => {
    const controller = new AbortController();
    const broken = await run({
      signal: controller.signal,
      runCell: async (cell, context) => {
        if (trained.length < 2) return runCell(cell, context);
        controller.abort();
        return resultOf(cell, 0.5, { status: 'interrupted' });
      },
    });
    expect(broken.filter(({ result }) => result !== undefined)).toHaveLength(2);
    const whole = await run();
    expect(trained).toHaveLength(6);
    expect(whole.every(({ result }) => result?.metrics['recall@20'] === 0.1)).toBe(true);
  });

  test('runs as many cells at once as it is told, and keeps their order', async () => {
    let running = 0;
    let most = 0;
    const outcomes = await run({
      jobs: 3,
      runCell: async (cell, context) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, cell.method === 'bpr' ? 30 : 5));
        running--;
        return runCell(cell, context);
      },
    });
    expect(most).toBe(3);
    expect(outcomes.map(({ cell }) => cell)).toEqual(cells.map(({ cell }) => cell));
  });

  test('tells what happens, in order', async () => {
    const events: SweepEvent[] = [];
    await run({ cells: cells.slice(0, 1), onEvent: (event) => events.push(event) });
    expect(events.map((event) => event.kind)).toEqual(['plan', 'start', 'finish']);
    expect(events[0]).toEqual({ kind: 'plan', cells: 1, reused: 0 });
  });

  test('throws away the unfinished training of a cell that is kept', async () => {
    const { cell, key } = cells[0]!;
    const work = cellStore(out).workFolder(cell, key);
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, 'last.safetensors'), 'weights');
    expect(cellStore(out).count()).toBe(1);
    await run();
    expect(readdirSync(out)).toEqual(['cells']);
  });
});
