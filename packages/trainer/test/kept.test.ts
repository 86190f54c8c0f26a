import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkMetrics,
  findRuns,
  finish,
  type KeptRun,
  parseCondition,
  readKept,
  runFacts,
  selectRuns,
  sortRuns,
  trainParts,
} from '@losslab/trainer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkoutOf } from '../src/checkouts.ts';
import { testChecksum } from '../src/parts-file.ts';
import { toyParts, toySampler, twoTastes } from './toy.ts';

let dir: string;
const at = (...names: string[]): string => join(dir, ...names);
const data = twoTastes(8);

function parts(seed: number, epochs = 2) {
  const toy = toyParts(data, seed);
  return { ...toy, sampler: toySampler(data, { seed }), config: { ...toy.config, epochs } };
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'losslab-kept-'));
  for (const seed of [1, 2, 10]) {
    await finish(trainParts({ ...parts(seed), out: at('seeds', `seed-${seed}`), command: `losslab train ${seed}` }));
  }
  const abort = new AbortController();
  await finish(trainParts({ ...parts(3), out: at('cut'), signal: abort.signal }), ({ kind }) => {
    if (kind === 'epoch') abort.abort();
  });
  for await (const { kind } of trainParts({ ...parts(4, 3), out: at('work', 'killed') }))
    if (kind === 'checkpoint') break;
  const result = JSON.parse(readFileSync(at('seeds', 'seed-1', 'result.json'), 'utf8'));
  mkdirSync(at('cells'));
  const cell = { format: 'losslab-cell/1', key: 'k', method: 'toy', result };
  writeFileSync(at('cells', 'toy.json'), JSON.stringify(cell));
  cpSync(at('seeds', 'seed-1', 'per-user.safetensors'), at('cells', 'toy.per-user.safetensors'));
  writeFileSync(at('cells', 'toy.probed.json'), '{}');
  writeFileSync(at('cells', 'other.json'), '{"format":"something/1"}');
  cpSync(at('seeds', 'seed-1'), at('broken'), { recursive: true });
  truncateSync(at('broken', 'result.json'), 100);
  cpSync(at('seeds', 'seed-1'), at('mended'), { recursive: true });
  writeFileSync(at('mended', 'result.json'), JSON.stringify({ ...result, metrics: { 'recall@3': 'high' } }));
  mkdirSync(at('foreign'));
  writeFileSync(at('foreign', 'run.json'), '{"format":"mlflow"}');
  writeFileSync(at('notes.json'), 'no run at all');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const names = (runs: readonly KeptRun[]): string[] => runs.map(({ path }) => path.slice(dir.length + 1));

describe('findRuns', () => {
  test('finds runs, seeds, cells and unfinished ones, and names what it passes over', () => {
    const { runs, passedOver } = findRuns([dir]);
    expect(runs.map(({ path, kind, status, epochs }) => [path.slice(dir.length + 1), kind, status, epochs])).toEqual([
      ['cells/toy.json', 'cell', 'finished', 2],
      ['cut', 'run', 'interrupted', 1],
      ['seeds/seed-1', 'run', 'finished', 2],
      ['seeds/seed-2', 'run', 'finished', 2],
      ['seeds/seed-10', 'run', 'finished', 2],
      ['work/killed', 'run', 'unfinished', 1],
    ]);
    const reasons = passedOver.map(
      ({ path, reason }) => `${path.slice(dir.length + 1)}: ${reason.replaceAll(dir, '')}`,
    );
    expect(reasons).toEqual([
      expect.stringMatching(/^broken: expected JSON in .*result\.json, got something else$/),
      expect.stringMatching(/^cells\/other\.json: expected losslab-cell\/1 in .*, got "something\/1"$/),
      expect.stringMatching(/^foreign: expected losslab-run\/1 in .*run\.json, got "mlflow"$/),
      expect.stringMatching(/^mended: expected the result of a run in .*result\.json, got metrics\.recall@3: /),
    ]);
  });

  test('takes a run or a cell itself, each once', () => {
    const paths = [at('seeds', 'seed-2'), at('cells', 'toy.json'), at('seeds')];
    expect(names(findRuns(paths).runs)).toEqual(['seeds/seed-2', 'cells/toy.json', 'seeds/seed-1', 'seeds/seed-10']);
  });

  test('a path that is not there', () => {
    expect(() => findRuns([at('nowhere')])).toThrow(
      /\[trainer\] expected a folder at .*nowhere, got none; check the path/,
    );
    expect(() => readKept(at('work'))).toThrow(/\[trainer\] expected a run in .*work, got none; check the folder/);
  });

  test('values by user and the test part come along', () => {
    const [cell, run] = [readKept(at('cells', 'toy.json')), readKept(at('seeds', 'seed-1'))];
    expect(run.perUser()!.users).toHaveLength(8);
    expect(cell.perUser()).toEqual(run.perUser());
    expect(run.testPart()).toBe(testChecksum(data));
    expect(cell.testPart()).toBe(run.testPart());
    expect(readKept(at('work', 'killed')).testPart()).toBe(run.testPart());
    expect(readKept(at('work', 'killed')).perUser()).toBeUndefined();
  });
});

describe('facts, conditions and order', () => {
  const select = (...conditions: string[]) => names(selectRuns(findRuns([dir]).runs, conditions.map(parseCondition)));

  test('facts of a run', () => {
    expect(runFacts(readKept(at('seeds', 'seed-1')))).toMatchObject({
      ...{
        status: 'finished',
        data: 'two-tastes',
        model: 'toy',
        loss: 'toy-bpr',
        protocol: 'clean',
        seed: 1,
        epochs: 2,
      },
      ...{ checksum: 'two-tastes-8', command: 'losslab train 1', 'recall@3': expect.any(Number) },
    });
    const open = runFacts(readKept(at('work', 'killed')));
    expect(open).toMatchObject({ status: 'unfinished', data: 'two-tastes', seed: 4, epochs: 1 });
    expect(open).not.toHaveProperty('recall@3');
  });

  test.each([
    [['status=unfinished'], ['work/killed']],
    [['seed=2,10'], ['seeds/seed-2', 'seeds/seed-10']],
    [['kind=run', 'seed=1'], ['seeds/seed-1']],
    [
      ['model=toy', 'epochs=1'],
      ['cut', 'work/killed'],
    ],
    [['stopOn=recall@3', 'seed=3'], ['cut']],
    [['loss=bsl'], []],
    [['model.dimension=64'], []],
  ])('%j', (conditions, found) => {
    expect(select(...conditions)).toEqual(found);
  });

  test('sorted by a metric, best first and those without it last; by a fact upwards', () => {
    const { runs } = findRuns([dir]);
    const values = sortRuns(runs, 'recall@3').map(({ result }) => result?.metrics['recall@3']);
    const known = values.filter((value) => value !== undefined);
    expect(known).toEqual(known.toSorted((a, b) => b - a));
    expect(values.slice(known.length)).toEqual([undefined, undefined]);
    expect(sortRuns(runs, 'seed').map((run) => runFacts(run).seed)).toEqual([1, 1, 2, 3, 4, 10]);
  });

  test('what is none', () => {
    expect(() => select('losss=bpr')).toThrow('[trainer] expected a known key, got "losss"; did you mean "loss"?');
    expect(() => parseCondition('loss')).toThrow('[trainer] expected key=value, got "loss"; write loss=bsl');
    expect(() => parseCondition('loss=')).toThrow('[trainer] expected key=value, got "loss="');
    expect(() => sortRuns([], 'sed')).toThrow('did you mean "seed"?');
    const { runs } = findRuns([dir]);
    expect(() => checkMetrics(runs, ['recall@3', 'recal@3'])).toThrow('got "recal@3"; did you mean "recall@3"?');
    expect(() => checkMetrics([], ['recal@3'])).not.toThrow();
    expect(() => sortRuns(runs, 'recall3')).toThrow('did you mean "recall@3"?');
  });

  test('sorted by Gini’s index, the most even first', () => {
    const { runs } = findRuns([dir]);
    const withGini = runs
      .flatMap((run) => (run.result === undefined ? [] : [{ ...run, result: run.result }]))
      .map((run, k) => ({ ...run, result: { ...run.result, metrics: { 'gini@3': [0.9, 0.1, 0.5][k % 3]! } } }));
    const values = sortRuns(withGini, 'gini@3').map(({ result }) => result!.metrics['gini@3']);
    expect(values).toEqual(values.toSorted((a, b) => a! - b!));
  });
});

describe('provenance', () => {
  test('a result tells command, versions, machine and times of each process that trained it', async () => {
    const out = at('sessions');
    const abort = new AbortController();
    const first = { ...parts(1), out, signal: abort.signal, command: 'losslab train', versions: { mine: '1.0.0' } };
    await finish(trainParts(first), ({ kind }) => kind === 'epoch' && abort.abort());
    const result = await finish(trainParts({ ...parts(1), out, resume: true, command: 'losslab train --resume' }));
    const { sessions = [], startedAt, finishedAt, versions, dataset } = result;
    expect(sessions.map(({ command, epoch }) => [command, epoch])).toEqual([
      ['losslab train', 1],
      ['losslab train --resume', 2],
    ]);
    expect(sessions[0]!.versions).toMatchObject({
      mine: '1.0.0',
      node: process.versions.node,
      '@losslab/core': '0.0.0',
    });
    expect(Object.keys(versions)).toEqual(
      expect.arrayContaining(['@losslab/trainer', '@losslab/backend', '@losslab/metrics', '@tensorflow/tfjs']),
    );
    expect(sessions[1]).toMatchObject({ engine: result.engine, machine: result.machine });
    expect(startedAt).toBe(sessions[0]!.startedAt);
    expect(startedAt! < sessions[1]!.startedAt && sessions[1]!.startedAt <= finishedAt).toBe(true);
    expect(dataset.testPart).toBe(testChecksum(data));
    expect(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')).sessions).toEqual(sessions);
  });

  test('a commit is told where there is a checkout, and only there', ({ skip }) => {
    expect(checkoutOf(tmpdir())).toBeUndefined();
    expect(checkoutOf(at('nowhere'))).toBeUndefined();
    const here = checkoutOf(import.meta.dirname);
    if (here === undefined) skip('this is no git checkout, or git is not there');
    else expect(here.commit).toMatch(/^[0-9a-f]{40}/);
  });
});
