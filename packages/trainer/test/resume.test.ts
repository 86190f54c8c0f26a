import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { NamedArrays, RunResult, Sampler, Step, TrainEvent } from '@losslab/core';
import { decodeSafetensors, finish, singleUpdate, type TrainParts, trainParts } from '@losslab/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engineWarning } from '../src/resume.ts';
import { toyParts, twoTastes } from './toy.ts';

let dir: string;
beforeAll(async () => {
  await tf.setBackend('cpu');
});
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'losslab-resume-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** All that a run leaves which should not depend on its interruptions. */
interface Outcome {
  readonly weights: NamedArrays;
  readonly last: NamedArrays;
  readonly result: Partial<RunResult>;
}

function lastWeights(out: string): NamedArrays {
  const folder = join(out, 'checkpoint');
  const file = readdirSync(folder).find((name) => name.startsWith('last-'))!;
  return decodeSafetensors(readFileSync(join(folder, file)), file).arrays;
}

function outcome(parts: TrainParts, result: RunResult): Outcome {
  const { metrics, curve, bestEpoch, validation, steps, stoppedBy, status } = result;
  const timeless = curve.map((record) => ({ ...record, seconds: 0 }));
  const model = parts.model as ReturnType<typeof toyParts>['model'];
  return {
    weights: model.parameters.arrays(),
    last: lastWeights(parts.out!),
    result: { metrics, curve: timeless, bestEpoch, validation, steps, stoppedBy, status },
  };
}

async function uninterrupted(make: () => TrainParts): Promise<Outcome> {
  const parts = { ...make(), out: join(dir, 'whole') };
  return outcome(parts, await finish(trainParts(parts)));
}

/** Runs, aborting at each of the given counts of steps done, and resuming with fresh parts. */
async function interrupted(make: () => TrainParts, at: readonly number[]): Promise<Outcome> {
  const out = join(dir, 'broken');
  for (const [session, stopAfter] of [...at, Number.POSITIVE_INFINITY].entries()) {
    const abort = new AbortController();
    const parts = { ...make(), out, signal: abort.signal, resume: session > 0 };
    let steps = 0;
    const result = await finish(trainParts(parts), (event) => {
      if (event.kind === 'step' && ++steps === stopAfter) abort.abort();
    });
    if (stopAfter === Number.POSITIVE_INFINITY) return outcome(parts, result);
    expect(result).toMatchObject({ status: 'interrupted', stoppedBy: 'interrupt', metrics: {} });
  }
  throw new Error('unreachable');
}

describe('a resumed run reaches the same bits', () => {
  test.each([
    ['in the middle of an epoch', [11]],
    ['after the first step', [1]],
    ['at the last step of an epoch', [16]],
    ['again and again', [3, 3, 3, 10]],
  ])('interrupted %s', async (_, at) => {
    expect(await interrupted(toyParts, at)).toEqual(await uninterrupted(toyParts));
  });

  test('with patience, a plateau schedule and rare checkpoints', async () => {
    const make = () => {
      const parts = toyParts();
      const schedule = { name: 'plateau', patience: 1 } as const;
      return { ...parts, config: { ...parts.config, epochs: 30, patience: 4, schedule, checkpointEvery: 5 } };
    };
    const whole = await uninterrupted(make);
    expect(whole.result.stoppedBy).toBe('patience');
    expect(new Set(whole.result.curve!.map(({ learningRate }) => learningRate)).size).toBeGreaterThan(1);
    expect(await interrupted(make, [20, 37])).toEqual(whole);
  });

  test('with a sampler and a procedure that remember', async () => {
    const make = () => {
      const parts = toyParts();
      return { ...parts, sampler: remembering(parts.sampler), step: counting() };
    };
    const whole = await uninterrupted(make);
    expect(Object.keys(whole.last).sort()).toEqual([
      'optimizer/items',
      'optimizer/users',
      'parameters/items',
      'parameters/users',
      'sampler:train/seen',
      'step/calls',
    ]);
    expect(await interrupted(make, [5, 9])).toEqual(whole);
  });

  test('killed outright', async () => {
    const out = join(dir, 'killed');
    await killAfter(out, 21); // in epoch 3 of 8 steps each
    const parts = { ...toyParts(), out, resume: true };
    const events: TrainEvent[] = [];
    const result = await finish(trainParts(parts), (event) => events.push(event));
    expect(events[0]).toMatchObject({ kind: 'start', resumedAt: 3 });
    expect(outcome(parts, result)).toEqual(await uninterrupted(toyParts));
  });

  test('a finished run, resumed with more epochs, goes on', async () => {
    const longer = (epochs: number) => () => {
      const parts = toyParts();
      return { ...parts, config: { ...parts.config, epochs } };
    };
    const out = join(dir, 'run');
    await finish(trainParts({ ...longer(2)(), out }));
    const parts = { ...longer(4)(), out, resume: true };
    const result = await finish(trainParts(parts));
    expect(outcome(parts, result)).toEqual(await uninterrupted(longer(4)));
  });

  test('a finished run, resumed as it is, trains no step and says the same', async () => {
    const out = join(dir, 'run');
    const first = await finish(trainParts({ ...toyParts(), out }));
    const events: TrainEvent[] = [];
    const again = await finish(trainParts({ ...toyParts(), out, resume: true }), (event) => events.push(event));
    expect(events.some(({ kind }) => kind === 'step')).toBe(false);
    expect(again.metrics).toEqual(first.metrics);
    expect(again.curve).toEqual(first.curve);
  });

  test('resume where nothing is yet begins', async () => {
    const parts = { ...toyParts(), out: join(dir, 'new'), resume: true };
    expect(outcome(parts, await finish(trainParts(parts)))).toEqual(await uninterrupted(toyParts));
  });
});

/** Each user's negatives drift with how often the user was seen; the counts are state. */
function remembering(sampler: Sampler): Sampler {
  const seen = new Int32Array(20);
  return {
    ...sampler,
    refine(batch, score) {
      if (batch.negatives === 'in-batch') return batch;
      const { data, rows, columns } = batch.negatives;
      const scores = score(batch.users, batch.negatives);
      const drifted = data.map(
        (item, at) => (item + seen[batch.users[Math.floor(at / columns)]!]! + (scores[at]! > 0 ? 1 : 0)) % 24,
      );
      for (const user of batch.users) seen[user]!++;
      return { ...batch, negatives: { data: drifted, rows, columns } };
    },
    state: () => ({ seen: { shape: [seen.length], data: seen.slice() } }),
    load: (state) => seen.set(state.seen!.data),
  };
}

/** Every third step of all is taken against the gradient; how many there were is state. */
function counting(): Step {
  let calls = 0;
  return {
    ...singleUpdate,
    name: 'counting',
    async *epoch({ streams, firstStep, parameters, optimizer, objective }) {
      const { steps, batch } = streams.train!;
      for (let step = firstStep; step < steps; step++) {
        const { loss, gradients } = parameters.gradient(objective(batch(step)));
        optimizer.apply(gradients, { scale: ++calls % 3 === 0 ? -0.5 : 1 });
        yield { step, steps, loss };
      }
    },
    state: () => ({ calls: { shape: [], data: Int32Array.of(calls) } }),
    load: (state) => {
      calls = state.calls!.data[0]!;
    },
  };
}

const child = fileURLToPath(new URL('train-in-child.ts', import.meta.url));

/** Starts a run in a process of its own and kills that without warning after so many steps. */
async function killAfter(out: string, steps: number): Promise<void> {
  const running = spawn(process.execPath, ['--conditions=@losslab/source', child, out], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = 0;
  for await (const line of createInterface(running.stdout)) {
    if (line === 'step' && ++seen === steps) running.kill('SIGKILL');
  }
  expect(running.signalCode ?? (await new Promise((done) => running.once('exit', (_, signal) => done(signal))))).toBe(
    'SIGKILL',
  );
}

describe('a folder that cannot be gone on with', () => {
  const failure = async (parts: TrainParts) =>
    await finish(trainParts(parts)).then(
      () => 'nothing',
      (error: Error) => error.message.replaceAll(dir, 'DIR'),
    );
  const finished = async () => {
    const out = join(dir, 'run');
    await finish(trainParts({ ...toyParts(), out }));
    return out;
  };

  test('one that holds a run, without resume', async () => {
    const out = await finished();
    expect(await failure({ ...toyParts(), out })).toBe(
      '[trainer] expected a folder without a run, got DIR/run; resume that run or choose another folder',
    );
  });

  test('one that holds something else', async () => {
    const out = join(dir, 'other');
    mkdirSync(out);
    writeFileSync(join(out, 'notes.txt'), 'mine');
    expect(await failure({ ...toyParts(), out, resume: true })).toBe(
      '[trainer] expected a run in DIR/other, got other files; choose another folder',
    );
    expect(readdirSync(out)).toEqual(['notes.txt']);
  });

  test('a run with other settings, naming the first', async () => {
    const out = await finished();
    const parts = toyParts();
    const config = { ...parts.config, batchSize: 7, epochs: 9 };
    expect(await failure({ ...parts, config, out, resume: true })).toBe(
      '[trainer] expected batchSize 1024 as in DIR/run, got 7; use the same settings or another folder',
    );
  });

  test('a run on other data', async () => {
    const out = await finished();
    const other = { ...twoTastes(), checksum: 'another-checksum' };
    expect(await failure({ ...toyParts(other), out, resume: true })).toBe(
      '[trainer] expected the data that DIR/run was trained on (two-tastes-2…), got another-chec…; use the same data or another folder',
    );
  });

  test('a run on the same data, split in another way', async () => {
    const out = await finished();
    const { valid, test, ...dataset } = twoTastes();
    expect(await failure({ ...toyParts({ ...dataset, valid: test, test: valid! }), out, resume: true })).toMatch(
      /expected the split that DIR\/run was trained on \(\w{12}…\), got \w{12}…; use the same split or another folder/,
    );
  });

  test('a checkpoint cut short', async () => {
    const out = await finished();
    const folder = join(out, 'checkpoint');
    const file = join(folder, readdirSync(folder).find((name) => name.startsWith('last-'))!);
    const size = readFileSync(file).length;
    truncateSync(file, size - 100);
    expect(await failure({ ...toyParts(), out, resume: true })).toBe(
      `[trainer] expected ${size} bytes in ${file.replace(dir, 'DIR')}, got ${size - 100}; delete the folder and train again`,
    );
  });

  test('a run record cut short', async () => {
    const out = await finished();
    truncateSync(join(out, 'run.json'), 40);
    expect(await failure({ ...toyParts(), out, resume: true })).toBe(
      '[trainer] expected JSON in DIR/run/run.json, got something else; delete the folder and train again',
    );
  });

  test('a file', async () => {
    writeFileSync(join(dir, 'file'), '');
    expect(await failure({ ...toyParts(), out: join(dir, 'file') })).toMatch(/got a file where a folder should be/);
  });
});

test('going on with another engine is told', async () => {
  const out = join(dir, 'run');
  await finish(trainParts({ ...toyParts(), out }));
  const record = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  writeFileSync(
    join(out, 'run.json'),
    JSON.stringify({ ...record, engine: { name: 'simd', build: 'plain', threads: 1 } }),
  );
  const { value } = await trainParts({ ...toyParts(), out, resume: true }).next();
  expect(value).toEqual({
    kind: 'warning',
    message: 'this run began on engine simd (plain) and goes on with cpu: its bits are not those of one engine',
  });
});

test('builds of the kernels are told apart by their bits, which relaxed and wide share', () => {
  const on = (build: string) => ({ name: 'simd', build, threads: 1 });
  expect(engineWarning(on('relaxed'), on('wide'))).toBeUndefined();
  expect(engineWarning(on('wide'), on('relaxed'))).toBeUndefined();
  expect(engineWarning(on('simd'), on('wide'))).toContain('began on engine simd (simd)');
});

test('a run that fails keeps its last checkpoint and no result', async () => {
  const out = join(dir, 'run');
  const parts = toyParts();
  let calls = 0;
  const compute: typeof parts.loss.compute = (scores, batch) => {
    const value = parts.loss.compute(scores, batch);
    return calls++ === 20 ? tf.mul(value, Number.POSITIVE_INFINITY) : value;
  };
  const broken = { ...parts, out, loss: { ...parts.loss, compute } };
  await expect(finish(trainParts(broken))).rejects.toThrow(
    `got Infinity from toy-bpr in epoch 3, step 4; lower optimizer.learningRate or set clipNorm; the last checkpoint in ${out} is kept`,
  );
  expect(readdirSync(out)).not.toContain('result.json');
  const resumed = { ...toyParts(), out, resume: true };
  expect(outcome(resumed, await finish(trainParts(resumed)))).toEqual(await uninterrupted(toyParts));
});

test('parameters that are not finite are never saved', async () => {
  const out = join(dir, 'run');
  const parts = toyParts();
  const optimizer = {
    ...parts.optimizer,
    apply() {
      const { users } = parts.model.parameters.variables;
      users!.assign(tf.fill(users!.shape as [number, number], Number.NaN));
    },
  };
  const once: TrainParts = {
    ...parts,
    optimizer,
    out,
    sampler: { ...parts.sampler, steps: 1 },
    config: { ...parts.config, evaluateEvery: 0, epochs: 2 },
  };
  await expect(finish(trainParts(once))).rejects.toThrow(/expected finite parameters, got NaN or infinity in users/);
  expect(readdirSync(out)).not.toContain('checkpoint');
});
