import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainEvent } from '@losslab/core';
import { generate } from '@losslab/data';
import { finish, type TrainParts, train, trainParts, trainSeeds } from '@losslab/trainer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { crc32c, maskedCrc32c } from '../src/log/crc32c.ts';
import { decodeRecords, encodeRecord } from '../src/log/records.ts';
import { bitwiseCrc32c, readEventFile } from './event-file.ts';
import { plugins } from './plugins.ts';
import { toyParts as partsOf, toySampler, twoTastes } from './toy.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'losslab-log-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Six small steps an epoch. */
function toyParts() {
  const data = twoTastes(8);
  return { ...partsOf(data), sampler: toySampler(data, { batchSize: 8 }) };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('CRC-32C', () => {
  test.each([
    ['123456789', bytes('123456789'), 0xe3069283],
    ['32 zeros (RFC 3720, B.4)', new Uint8Array(32), 0x8a9136aa],
    ['32 ones (RFC 3720, B.4)', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['0 to 31 (RFC 3720, B.4)', Uint8Array.from({ length: 32 }, (_, at) => at), 0x46dd794e],
    ['nothing', new Uint8Array(0), 0],
  ])('%s', (_, data, crc) => {
    expect(crc32c(data)).toBe(crc);
    expect(bitwiseCrc32c(data)).toBe(crc);
  });

  test('masked, as the first twelve bytes of every event file that TensorFlow writes', () => {
    const length = Uint8Array.of(24, 0, 0, 0, 0, 0, 0, 0);
    const mask = new Uint8Array(Uint32Array.of(maskedCrc32c(length)).buffer);
    expect([...mask]).toEqual([0xa3, 0x7f, 0x4b, 0x22]);
  });
});

test('records end at the first that is damaged or cut short', () => {
  const [first, second] = [encodeRecord(bytes('first')), encodeRecord(bytes('second'))];
  const read = (file: Uint8Array) => [...decodeRecords(file)].map(({ data }) => new TextDecoder().decode(data));
  const file = Uint8Array.from([...first, ...second]);
  expect(read(file)).toEqual(['first', 'second']);
  for (let length = first.length; length < file.length; length++) {
    expect(read(file.subarray(0, length))).toEqual(['first']);
  }
  for (let at = first.length; at < file.length; at++) {
    const damaged = file.slice();
    damaged[at]! ^= 1;
    expect(read(damaged)).toEqual(['first']);
  }
});

const eventFile = (folder: string): string => {
  const names = readdirSync(folder).filter((name) => name.startsWith('events.out.tfevents.'));
  expect(names).toHaveLength(1);
  return join(folder, names[0]!);
};
const readEvents = (folder: string) => readEventFile(readFileSync(eventFile(folder)));
const readLines = (path: string): (TrainEvent & { time: string; total?: number; format?: string })[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

const both = [{ kind: 'tensorboard' }, { kind: 'jsonl' }] as const;

/** Trains; as a process that is killed after so many steps where `killedAfter` says so. */
async function run(out: string, more: Partial<TrainParts> = {}, killedAfter = Number.POSITIVE_INFINITY) {
  const parts = toyParts();
  const events: TrainEvent[] = [];
  let steps = 0;
  for await (const event of trainParts({ ...parts, out, log: both, ...more })) {
    events.push(event);
    if (event.kind === 'step' && ++steps === killedAfter) break;
  }
  return events;
}

describe('TensorBoard', () => {
  test('an event file holds every step and epoch, the result, options and provenance', async () => {
    const events = await run(dir, { command: 'losslab train --loss "a|b"', versions: { 'my-loss': '1.2.3' } });
    const { version, scalars, texts } = readEvents(dir);
    expect(version).toBe('brain.Event:2');
    const of = (tag: string) => scalars.filter((point) => point.tag === tag);
    const steps = events.filter((event) => event.kind === 'step');
    const records = events.flatMap((event) => (event.kind === 'epoch' ? [event.record] : []));
    expect(of('step/loss').map(({ step, value }) => [step, value])).toEqual(
      steps.map(({ loss }, at) => [at + 1, Math.fround(loss)]),
    );
    expect(of('step/learning_rate').map(({ value }) => value)).toEqual(steps.map(() => Math.fround(0.3)));
    expect(of('step/milliseconds').map(({ value }) => value)).toEqual(
      steps.map(({ milliseconds }) => Math.fround(milliseconds)),
    );
    expect(of('epoch/loss').map(({ step, value }) => [step, value])).toEqual(
      records.map(({ epoch, loss }) => [epoch, Math.fround(loss)]),
    );
    expect(of('valid/recall@3').map(({ value }) => value)).toEqual(
      records.map(({ valid }) => Math.fround(valid!['recall@3']!)),
    );
    const [perStep] = of('epoch/milliseconds_a_step');
    expect(perStep!.value).toBeCloseTo((records[0]!.seconds * 1000) / steps[0]!.steps, 3);
    const { result } = events.at(-1) as Extract<TrainEvent, { kind: 'finish' }>;
    expect(of('final/ndcg@1')).toMatchObject([
      { step: result.bestEpoch, value: Math.fround(result.metrics['ndcg@1']!) },
    ]);
    const times = scalars.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(texts['run/options']).toContain('| epochs | 4 |');
    expect(texts['run/provenance']).toContain('| command | losslab train --loss "a\\|b" |');
    expect(texts['run/provenance']).toContain('| my-loss | 1.2.3 |');
  });

  test('every n-th step alone, or none', async () => {
    await run(join(dir, 'third'), { log: [{ kind: 'tensorboard', everySteps: 3 }] });
    await run(join(dir, 'none'), { log: [{ kind: 'tensorboard', everySteps: 0 }] });
    const steps = (name: string) =>
      readEvents(join(dir, name)).scalars.flatMap(({ tag, step }) => (tag === 'step/loss' ? [step] : []));
    expect(steps('third').slice(0, 3)).toEqual([3, 6, 9]);
    expect(steps('none')).toEqual([]);
    expect(readEvents(join(dir, 'none')).scalars.filter(({ tag }) => tag === 'epoch/loss')).toHaveLength(4);
  });

  const python = process.env.LOSSLAB_PYTHON ?? 'python3';
  const hasTensorBoard = () => {
    try {
      execFileSync(python, ['-c', 'import tensorboard'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };

  test('its own reader reads the same', async ({ skip }) => {
    if (!hasTensorBoard()) skip(`${python} has no tensorboard; name one that has with LOSSLAB_PYTHON`);
    await run(dir);
    const script = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
a = EventAccumulator(sys.argv[1], size_guidance={'scalars': 0, 'tensors': 0}).Reload()
scalars = [[t, e.step, e.value] for t in a.Tags()['scalars'] for e in a.Scalars(t)]
texts = {t: a.Tensors(t)[0].tensor_proto.string_val[0].decode() for t in a.Tags()['tensors']}
print(json.dumps({'scalars': scalars, 'texts': texts}))`;
    const theirs = JSON.parse(execFileSync(python, ['-c', script, dir], { encoding: 'utf8', stdio: 'pipe' }));
    const { scalars, texts } = readEvents(dir);
    const sorted = (points: (string | number)[][]) => points.map((point) => JSON.stringify(point)).sort();
    expect(sorted(theirs.scalars)).toEqual(sorted(scalars.map(({ tag, step, value }) => [tag, step, value])));
    expect(theirs.texts).toEqual(texts);
  });
});

describe('JSON Lines', () => {
  test('hold the events of the run, each with its time', async () => {
    const events = await run(dir);
    const lines = readLines(join(dir, 'log.jsonl'));
    expect(lines[0]).toMatchObject({ format: 'losslab-log/1', kind: 'start', options: { epochs: 4 } });
    expect(lines.map(({ kind }) => kind)).toEqual(events.map(({ kind }) => kind));
    const steps = lines.filter(({ kind }) => kind === 'step');
    expect(steps.map(({ total }) => total)).toEqual(steps.map((_, at) => at + 1));
    const last = lines.at(-1) as Extract<TrainEvent, { kind: 'finish' }>;
    expect(last.result).not.toHaveProperty('curve');
    const { curve: _, ...result } = JSON.parse(readFileSync(join(dir, 'result.json'), 'utf8'));
    expect(last.result).toEqual(result);
    const times = lines.map(({ time }) => time);
    expect(times).toEqual(times.toSorted());
    expect(new Date(times[0]!).toISOString()).toBe(times[0]);
  });

  test('a fitted model has a log too', async () => {
    const { dataset } = generate({ users: 60, items: 90, interactionsPerUser: 15 });
    const config = { model: 'itempop', at: [5, 20], engine: 'simd' as const };
    await finish(train({ config, dataset, plugins, out: dir, log: both }));
    expect(readLines(join(dir, 'log.jsonl')).map(({ kind }) => kind)).toEqual(
      ['start', 'checkpoint', 'evaluate', 'evaluate', 'finish'], // of validation and of test
    );
    expect(readEvents(dir).scalars.map(({ tag }) => tag)).toContain('final/recall@20');
  });
});

describe('a run that is gone on with', () => {
  const timeless = (folder: string) =>
    readEvents(folder)
      .scalars.filter(({ tag }) => !/milliseconds|seconds/.test(tag))
      .map(({ tag, step, value }) => `${tag} ${step} ${value}`);
  const lines = (folder: string) =>
    readLines(join(folder, 'log.jsonl')).flatMap((line) => {
      if (line.kind === 'step') return [`step ${line.total} ${line.epoch} ${line.step} ${line.loss}`];
      return line.kind === 'epoch' ? [`epoch ${line.record.epoch} ${line.record.loss}`] : [];
    });

  test.each([
    ['before its first checkpoint', [2]],
    ['in the middle of an epoch', [15]],
    ['twice', [15, 8]],
  ])('after it was killed %s has every step once, with the values of one that was not', async (_, kills) => {
    const [whole, cut] = [join(dir, 'whole'), join(dir, 'cut')];
    await run(whole, { config: { ...toyParts().config, checkpointEvery: 2 } });
    for (const steps of [...kills, Number.POSITIVE_INFINITY]) {
      await run(cut, { config: { ...toyParts().config, checkpointEvery: 2 }, resume: true }, steps);
    }
    expect(timeless(cut)).toEqual(timeless(whole));
    expect(lines(cut)).toEqual(lines(whole));
    expect(readLines(join(cut, 'log.jsonl')).filter(({ kind }) => kind === 'start')).toHaveLength(kills.length + 1);
  });

  test('after Ctrl-C has every step once', async () => {
    const [whole, cut] = [join(dir, 'whole'), join(dir, 'cut')];
    await run(whole);
    const abort = new AbortController();
    const parts = { ...toyParts(), out: cut, log: both };
    let steps = 0;
    await finish(trainParts({ ...parts, signal: abort.signal }), ({ kind }) => {
      if (kind === 'step' && ++steps === 9) abort.abort();
    });
    await run(cut, { resume: true });
    expect(timeless(cut)).toEqual(timeless(whole));
    expect(lines(cut)).toEqual(lines(whole));
  });

  test('leaves out what a killed process wrote half', async () => {
    const [whole, cut] = [join(dir, 'whole'), join(dir, 'cut')];
    await run(whole);
    await run(cut, {}, 15);
    truncateSync(eventFile(cut), readFileSync(eventFile(cut)).length - 5);
    appendFileSync(join(cut, 'log.jsonl'), '{"kind":"st');
    await run(cut, { resume: true });
    expect(timeless(cut)).toEqual(timeless(whole));
    expect(lines(cut)).toEqual(lines(whole));
  });

  test('for more epochs has one result', async () => {
    await run(dir, { config: { ...toyParts().config, epochs: 2 } });
    await run(dir, { resume: true });
    const { scalars } = readEvents(dir);
    expect(scalars.filter(({ tag }) => tag === 'final/recall@3')).toHaveLength(1);
    expect(scalars.filter(({ tag }) => tag === 'epoch/loss').map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  });

  test('may begin to log only then', async () => {
    await run(dir, { log: [] }, 15);
    await run(dir, { resume: true });
    const { scalars } = readEvents(dir);
    expect(scalars.filter(({ tag }) => tag === 'epoch/loss').map(({ step }) => step)).toEqual([3, 4]);
  });
});

describe('what is wrong', () => {
  const [board, lines] = ['board', 'log.jsonl'];
  const log = () => [
    { kind: 'tensorboard', path: join(dir, board) } as const,
    { kind: 'jsonl', path: join(dir, lines) } as const,
  ];

  test('a new run does not go on with the log of another, and makes nothing', async () => {
    await run(join(dir, 'first'), { log: log() });
    for (const target of log()) {
      const second = run(join(dir, 'second'), { log: [target] });
      await expect(second).rejects.toThrow(
        /\[trainer\] expected no log in .*(board|log\.jsonl), got one; choose another place/,
      );
    }
    expect(existsSync(join(dir, 'second'))).toBe(false);
  });

  test('a run that is gone on with leaves the log of another as it is', async () => {
    await run(join(dir, 'first'), { log: log() });
    await run(join(dir, 'second'), { log: [] }, 15);
    const before = [eventFile(join(dir, board)), join(dir, lines)].map((path) => readFileSync(path));
    for (const target of log()) {
      const again = run(join(dir, 'second'), { log: [target], resume: true });
      await expect(again).rejects.toThrow(/\[trainer\] expected this run's log in .*, got another run's; choose/);
    }
    expect([eventFile(join(dir, board)), join(dir, lines)].map((path) => readFileSync(path))).toEqual(before);
  });

  test('nor does it write over a file that is no log', async () => {
    await run(join(dir, 'run'), { log: [] }, 15);
    writeFileSync(join(dir, 'notes.txt'), 'dear diary\n');
    const again = run(join(dir, 'run'), { log: [{ kind: 'jsonl', path: join(dir, 'notes.txt') }], resume: true });
    await expect(again).rejects.toThrow("got another run's; choose another place");
    expect(readFileSync(join(dir, 'notes.txt'), 'utf8')).toBe('dear diary\n');
  });

  test('no place to log to', async () => {
    const parts = { ...toyParts(), log: [{ kind: 'jsonl' } as const] };
    await expect(finish(trainParts(parts))).rejects.toThrow(
      '[trainer] expected a path of the jsonl log, got none; set path, or out',
    );
    writeFileSync(join(dir, 'file'), '');
    const below = run(join(dir, 'run'), { log: [{ kind: 'tensorboard', path: join(dir, 'file', 'x') }] });
    await expect(below).rejects.toThrow(/\[trainer\] expected to write a log to .*, got \w+; choose another place/);
  });

  test('a full disk ends the log with a warning, not the run', async ({ skip }) => {
    if (!existsSync('/dev/full')) skip('there is no /dev/full here');
    mkdirSync(join(dir, 'run'));
    const events = await run(join(dir, 'run'), {
      log: [{ kind: 'jsonl', path: '/dev/full' }, { kind: 'tensorboard' }],
    });
    const warnings = events.flatMap((event) => (event.kind === 'warning' ? [event.message] : []));
    expect(warnings).toEqual(['the log in /dev/full ends here: a full disk']);
    expect(events.at(-1)).toMatchObject({ kind: 'finish', result: { status: 'finished' } });
    expect(readEvents(join(dir, 'run')).scalars.filter(({ tag }) => tag === 'epoch/loss')).toHaveLength(4);
  });
});

test('each of several seeds has a log of its own', async () => {
  const { dataset } = generate({ users: 60, items: 90, interactionsPerUser: 15 });
  const config = { model: { name: 'mf', dimension: 4 }, loss: 'bpr', epochs: 1, engine: 'simd' } as const;
  const log = [
    { kind: 'tensorboard', path: join(dir, 'board') },
    { kind: 'jsonl', path: join(dir, 'log.jsonl') },
  ] as const;
  await finish(trainSeeds({ config, dataset, plugins, log, seeds: [1, 2] }));
  for (const seed of [1, 2]) {
    expect(readEvents(join(dir, 'board', `seed-${seed}`)).texts['run/options']).toContain(`| seed | ${seed} |`);
    const [start] = readLines(join(dir, `log-seed-${seed}.jsonl`));
    expect(start).toMatchObject({ kind: 'start', options: { seed } });
  }
});
