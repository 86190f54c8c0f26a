import type { Protocol } from '@losslab/core';
import type { Experiment } from '../experiment.ts';
import type { Probed } from '../probe/probe.ts';
import type { Published } from '../published.ts';
import { anyUnder, distinctPoints, labelAt, type Measured, publishedAt, seedsOf } from './measured.ts';

/** One measured number with where it comes from; what `results.json` keeps and `reproduce results` prints. */
export interface ResultRow {
  readonly dataset: string;
  readonly method: string;
  readonly metric: string;
  readonly protocol: Protocol;
  readonly published?: number;
  readonly mean: number;
  readonly sd: number;
  readonly seeds: readonly number[];
  /** Whether the budget cut a training short. */
  readonly isUnfinished: boolean;
  readonly seconds: number; // of training, mean over seeds
  readonly engine: string; // `simd, relaxed, 2 threads`
  readonly date: string; // of the last training, YYYY-MM-DD
}

export function resultRows(
  experiment: Experiment,
  published: Published,
  measured: readonly Measured[],
  protocols: readonly Protocol[],
  probed: (key: string) => Probed | undefined,
): ResultRow[] {
  const datasets = [...new Set(measured.map(({ dataset }) => dataset))];
  const found = experiment.view.kind === 'found' ? experiment.view.of.map(({ list }) => list) : [];
  const names = [...new Set([...measured.flatMap(({ result }) => Object.keys(result.metrics)), ...found])];
  const places = datasets.flatMap((dataset) =>
    experiment.methods.flatMap((method) => distinctPoints(measured).map((point) => ({ dataset, method, point }))),
  );
  return places.flatMap(({ dataset, method, point }) =>
    protocols.flatMap((protocol) => {
      const at = { dataset, method: method.id, protocol, point };
      const results = seedsOf(measured, at);
      return names.flatMap((metric): ResultRow[] => {
        const ours = anyUnder(measured, protocol, probed)(dataset, method.id, metric, point);
        if (ours === undefined) return [];
        const printed = publishedAt(experiment, published, { dataset, method: method.id, metric, point });
        return [
          {
            dataset,
            method: labelAt(experiment, method, point),
            metric,
            protocol,
            ...(printed !== undefined && { published: printed }),
            mean: ours.mean,
            sd: ours.sd,
            seeds: results.map(({ seed }) => seed).sort((a, b) => a - b),
            isUnfinished: ours.isUnfinished,
            seconds: results.reduce((sum, { seconds }) => sum + seconds.train, 0) / results.length,
            engine: [...new Set(results.map(({ engine }) => engineText(engine)))].join('; '),
            date: results
              .map(({ finishedAt }) => finishedAt.slice(0, 10))
              .sort()
              .at(-1)!,
          },
        ];
      });
    }),
  );
}

function engineText({ name, build, threads }: Measured['result']['engine']): string {
  return [name, build, `${threads} ${threads === 1 ? 'thread' : 'threads'}`].filter(Boolean).join(', ');
}
