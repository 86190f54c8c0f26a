import { LosslabError } from '@losslab/core';
import { applySettings, parseConfig, type RunConfigInput } from '@losslab/trainer';
import { describe, expect, test } from 'vitest';

const failure = (work: () => unknown): { code: string; message: string } => {
  try {
    work();
  } catch (error) {
    if (error instanceof LosslabError) return { code: error.code, message: error.message };
  }
  return { code: 'none', message: 'nothing thrown' };
};

describe('parseConfig', () => {
  test('fills defaults in, and takes bare names for parts', () => {
    const config = parseConfig({ loss: 'bsl', schedule: 'plateau' });
    expect(config).toMatchObject({
      model: { name: 'mf' },
      loss: { name: 'bsl' },
      optimizer: { name: 'adam' },
      schedule: { name: 'plateau', factor: 0.5 },
      protocol: 'clean',
      stopOn: 'recall@20',
    });
  });

  test('a parsed configuration parses to itself', () => {
    const config = parseConfig({ loss: { name: 'bsl', tau1: 0.1 }, negatives: 'in-batch' });
    expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  test('an unknown key names the nearest', () => {
    const { code, message } = failure(() => parseConfig({ batchsize: 5 }));
    expect(code).toBe('unknown-name');
    expect(message).toContain('[run] expected a known option of run, got "batchsize"; did you mean "batchSize"?');
  });

  test.each([
    [{ epochs: 0 }, 'epochs'],
    [{ batchSize: 1.5 }, 'batchSize'],
    [{ stopOn: 'recall@0' }, 'must be a metric, and its cut-off where it has one, such as recall@20'],
    [{ protocol: 'dirty' }, 'must be "clean" or "paper", got "dirty"'],
    [{ loss: {} }, 'loss.name'],
    [{ schedule: { name: 'steps' } }, 'schedule.epochs'],
    [{ at: [] }, 'at'],
    [{ patience: 0 }, 'patience'],
  ])('refuses %j', (config, text) => {
    const { code, message } = failure(() => parseConfig(config));
    expect(code).toBe('bad-option');
    expect(message).toMatch(/^\[run\] .*, got /);
    expect(message).toContain(text);
  });
});

describe('applySettings', () => {
  const base: RunConfigInput = { loss: 'bsl', model: { name: 'mf', dimension: 64 } };

  test('sets values as JSON where they are JSON, and as text where not', () => {
    const settings = ['epochs=5', 'at=[1,2]', 'patience=null', 'protocol=paper', 'model.dimension=32', 'stopOn=ndcg@5'];
    expect(applySettings(base, settings)).toEqual({
      loss: 'bsl',
      model: { name: 'mf', dimension: 32 },
      epochs: 5,
      at: [1, 2],
      patience: null,
      protocol: 'paper',
      stopOn: 'ndcg@5',
    });
  });

  test('makes an object of a bare name, and of nothing', () => {
    expect(applySettings(base, ['loss.tau1=0.1', 'sampler.exclude="nobody"'])).toMatchObject({
      loss: { name: 'bsl', tau1: 0.1 },
      sampler: { exclude: 'nobody' },
    });
  });

  test('later settings win, values may hold "=", and the input stays as it is', () => {
    expect(applySettings(base, ['loss.note=a=b', 'loss.note=c=d'])).toMatchObject({ loss: { note: 'c=d' } });
    expect(base).toEqual({ loss: 'bsl', model: { name: 'mf', dimension: 64 } });
  });

  test.each(['loss', '=1', 'loss.=1', '.tau=1', 'loss.__proto__.x=1'])('refuses %s', (setting) => {
    expect(failure(() => applySettings(base, [setting]))).toEqual({
      code: 'bad-option',
      message: `[trainer] expected key=value, got "${setting}"; write --set loss.tau1=0.1`,
    });
  });

  test('refuses options of what has none, and unknown first keys', () => {
    expect(failure(() => applySettings({ epochs: 3 }, ['epochs.x=1'])).message).toContain(
      'expected epochs to have options',
    );
    expect(failure(() => applySettings(base, ['los.tau=1'])).message).toContain('did you mean "loss"?');
  });
});
