import { metricSummary } from '../entry.ts';
import type { RunComparison } from './compare-runs.ts';
import { entryOf } from './tables.ts';

/** A comparison as data for programs: `format` is `losslab-comparison/1`. */
export function comparisonJson({ entries, metrics, settings, differences, tests, notes }: RunComparison): object {
  return {
    format: 'losslab-comparison/1',
    entries: entries.map((entry) => {
      const { protocol, dataset, definitions, model, loss, engine } = entry.runs[0]!.result;
      return {
        label: entry.label,
        ...{ model: model.name, loss: loss?.name, protocol, engine: engine.name },
        data: { name: dataset.name, checksum: dataset.checksum, testPart: dataset.testPart },
        runs: entry.runs.map(({ path, result }) => ({ path, seed: result.seed, bestEpoch: result.bestEpoch })),
        metrics: Object.fromEntries(metrics.map((metric) => [metric, metricSummary(entryOf(entry), metric)])),
        definitions,
      };
    }),
    settings: settings.map(({ key, values }) => ({
      key,
      values: values.map((value) => (value === undefined ? null : JSON.parse(value))),
    })),
    differences,
    tests,
    notes,
  };
}
