import { type Bar, type Block, barChart, formatSeconds, summarise, type Table } from '@losslab/report';
import { entriesUnder } from '../measured.ts';
import { panelsOf, type ViewContext } from './context.ts';

interface Time {
  readonly panel: string;
  readonly label: string;
  readonly seconds: number;
  readonly sd: number;
  readonly epochs: number;
}

function timesOf({ experiment, measured, protocols }: ViewContext): Time[] {
  return panelsOf(measured, protocols).flatMap(({ dataset, protocol }) =>
    entriesUnder(experiment, measured, dataset, protocol).map(({ label, results }) => {
      const { mean, sd } = summarise(results.map(({ seconds }) => seconds.train));
      return { panel: `${dataset}, ${protocol}`, label, seconds: mean, sd, epochs: results[0]!.epochs };
    }),
  );
}

/** Seconds of training, without evaluation. */
export async function timeFigures(context: ViewContext): Promise<Block[]> {
  const times = timesOf(context);
  if (times.length === 0) return [];
  const bars = times.map(
    ({ panel, label, seconds, sd }): Bar => ({ group: panel, series: label, value: seconds, error: sd }),
  );
  const svg = await barChart({ yTitle: 'seconds of training', bars });
  const description = times
    .map(({ panel, label, seconds }) => `${label} on ${panel} ${formatSeconds(seconds)}`)
    .join(', ');
  return [{ kind: 'figure', svg, description: `${description}.` }];
}

export function timeTable(context: ViewContext): Table {
  const right = (heading: string) => ({ heading, align: 'right' as const });
  return {
    columns: [{ heading: 'data' }, { heading: 'method' }, right('epochs'), right('training'), right('an epoch')],
    rows: timesOf(context).map(({ panel, label, seconds, epochs }) => [
      panel,
      label,
      String(epochs),
      formatSeconds(seconds),
      formatSeconds(seconds / Math.max(1, epochs)),
    ]),
  };
}
