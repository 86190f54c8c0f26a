import { expect, test } from 'vitest';
import { createMetrics, metrics, parseMetricAt, usualMetrics } from '../src/index.ts';

test('every metric has a name, a source and a definition', () => {
  for (const [name, definition] of Object.entries(metrics)) {
    expect(definition).toMatchObject({ kind: 'metric', name, source: /\d{4}/, summary: /\w/ });
    const made = createMetrics(name);
    for (const metric of made) expect(metric.definition).toMatch(/\w/);
    expect(made.map((metric) => metric.name)).toEqual(
      made.length === 1 ? [name] : made.map((_, group) => `${name}-${group + 1}`),
    );
  }
});

test('definitions tell the variants apart', () => {
  const texts = ['test', 'min', 'k'].map((over) => createMetrics({ name: 'recall', over })[0]!.definition);
  expect(texts).toEqual([
    'hits / n, n held-out items',
    'hits / min(k, n), n held-out items',
    'hits / k, n held-out items',
  ]);
  expect(
    new Set(['min', 'test', 'k', 'hits'].map((ideal) => createMetrics({ name: 'ndcg', ideal })[0]!.definition)).size,
  ).toBe(4);
  expect(new Set(['min', 'test', 'hits'].map((over) => createMetrics({ name: 'map', over })[0]!.definition)).size).toBe(
    3,
  );
  expect(new Set(['k', 'min'].map((over) => createMetrics({ name: 'precision', over })[0]!.definition)).size).toBe(2);
});

test('the usual metrics are known', () => {
  for (const name of usualMetrics) expect(metrics[name]).toBeDefined();
});

test('a metric at a cut-off', () => {
  expect(parseMetricAt('recall@20')).toEqual({ name: 'recall', k: 20 });
  expect(() => parseMetricAt('recal@20')).toThrow(
    '[metrics] expected a known metric, got "recal"; did you mean "recall"?',
  );
  for (const text of ['ndcg', 'ndcg@', 'ndcg@0', 'ndcg@1.5', 'ndcg@5@10', 'ndcg@-3']) {
    expect(() => parseMetricAt(text)).toThrow(
      `[metrics] expected a metric and its cut-off, such as ndcg@20, got "${text}"; write ndcg@20`,
    );
  }
});

test('unknown names and options', () => {
  expect(() => createMetrics('nDGC')).toThrow('got "nDGC"; did you mean "ndcg"?');
  expect(() => createMetrics('toString')).toThrow('expected a known metric, got "toString"');
  expect(() => createMetrics({ name: 'recall', ove: 'k' })).toThrow(
    'expected a known option of metric recall, got "ove"; did you mean "over"?',
  );
  expect(() => createMetrics({ name: 'recall', over: 'n' })).toThrow('[metric recall] over: ');
});
