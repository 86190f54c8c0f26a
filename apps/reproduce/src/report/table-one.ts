import { formatCount, type Table } from '@losslab/report';
import { type Published, publishedCells } from '../published.ts';

/** What a data set holds, all parts together. */
export interface DatasetCounts {
  readonly name: string;
  readonly column: string; // the paper's name
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
}

/** Table I beside the data at hand. */
export function statisticsTable(published: Published, datasets: readonly DatasetCounts[]): Table {
  const cells = publishedCells(published).filter((cell) => cell.table === 'I');
  const rows = datasets.flatMap((dataset) => {
    const { users, items, interactions } = dataset;
    const ours: Record<string, string> = {
      '#Users': formatCount(users),
      '#Items': formatCount(items),
      '#Interactions': formatCount(interactions),
      Density: `${((100 * interactions) / (users * items)).toFixed(3)}%`,
    };
    return cells
      .filter((cell) => cell.row === dataset.column)
      .map((cell) => [dataset.name, cell.column, cell.printed ?? '–', ours[cell.column] ?? '–']);
  });
  return {
    columns: [
      { heading: 'data' },
      { heading: 'what' },
      { heading: 'published', align: 'right' },
      { heading: 'ours', align: 'right' },
    ],
    rows: rows.map(([name, what, printed, ours]) => [
      name!,
      what!,
      printed!,
      printed === ours ? ours! : { text: ours!, tone: 'bad' },
    ]),
  };
}
