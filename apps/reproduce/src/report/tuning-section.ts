import { formatMetric, type Section } from '@losslab/report';
import type { NamedOptions } from '../experiment.ts';
import type { Paper } from '../paper.ts';
import type { BestTrial } from '../tuned.ts';
import { choicesOf, type TuningAxes, type TuningGrid } from '../tuning.ts';
import { describe } from './settings-table.ts';

/** What was run: methods by id, data sets by name, one budget. */
interface Run {
  readonly methods: ReadonlySet<string>;
  readonly datasets: ReadonlySet<string>;
  readonly budget: string;
}

/** What a search found for the methods of the run, on which grid; and that there was none, where there was none. */
export function tuningSection({ tuning, tuned = [] }: Pick<Paper, 'tuning' | 'tuned'>, run: Run): Section[] {
  const isAsked = ({ dataset, method }: BestTrial): boolean => run.datasets.has(dataset) && run.methods.has(method);
  const searches = tuned.filter(({ budget, best }) => budget === run.budget && best.some(isAsked));
  const found = searches.flatMap(({ best }) => best.filter(isAsked));
  const searched = new Set(found.map(({ dataset }) => dataset));
  const others = [...run.datasets].filter((name) => !searched.has(name));
  const without =
    others.length === 0
      ? ''
      : `No search is kept for ${others.join(', ')}: no method was tuned there, and the table of settings says where each comes from.`;
  if (found.length === 0) return [{ heading: 'Tuning', blocks: [{ kind: 'text', text: without }] }];
  const rows = found.map(({ dataset, method, trials, validation, choice, bestEpoch, epochs }) => [
    dataset,
    method,
    String(trials),
    textOfGrid(tuning, method),
    Object.values(choice).map(textOf).join(', '),
    formatMetric(validation),
    `${bestEpoch} of ${epochs}`,
  ]);
  const limits = [...searched].map((name) => {
    const { epochs, patience } = tuning.small?.[name] ?? tuning;
    return `on ${name} ${epochs} epochs at most, patience ${patience}`;
  });
  const untuned = [...run.methods].filter((method) => !found.some((trial) => trial.method === method));
  const text = [
    `${capital(tuning.reason)}: ${limits.join('; ')}. The validation part alone chose (${searches.map(({ command, date }) => `${command}, ${date}`).join('; ')}).`,
    untuned.length === 0 ? '' : `Not searched: ${untuned.join(', ')}.`,
    without,
  ];
  const columns = [
    { heading: 'data' },
    { heading: 'method' },
    { heading: 'trials', align: 'right' as const },
    { heading: 'grid' },
    { heading: 'chosen' },
    { heading: `valid ${searches[0]!.metric}`, align: 'right' as const },
    { heading: 'epoch', align: 'right' as const },
  ];
  return [
    {
      heading: 'Tuning',
      blocks: [
        { kind: 'text', text: text.filter((line) => line !== '').join(' ') },
        { kind: 'table', table: { columns, rows } },
      ],
    },
  ];
}

function capital(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}

function textOfGrid({ methods, fine }: TuningGrid, method: string): string {
  const axes = methods[method] ?? {};
  const coarse = `${choicesOf(axes).length}: ${Object.entries(axes).map(textOfAxis).join(' × ')}`;
  return fine === undefined ? coarse : `${coarse}; then ${fine.options.join(' × ')} times ${fine.factors.join(', ')}`;
}

function textOfAxis([option, values]: readonly [string, TuningAxes[string]]): string {
  return 'sameAs' in values ? `${option} as ${values.sameAs}` : `${option} ${values.map(textOf).join('; ')}`;
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? describe(value as NamedOptions) : String(value);
}
