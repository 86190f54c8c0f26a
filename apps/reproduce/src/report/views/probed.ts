import { type Block, density, type LineSeries, lineChart, scatterChart } from '@losslab/report';
import type { Probed } from '../../probe/probe.ts';
import type { View } from '../../view.ts';
import { labelAt, type Measured } from '../measured.ts';
import { panelsOf, type ViewContext } from './context.ts';

type Of<Kind extends View['kind']> = Extract<View, { kind: Kind }>;

/** The distribution of what the probe found, a line for each training and list: one chart a data set and protocol. */
export function densityFigures(context: ViewContext, { of, title, angles }: Of<'density'>): Promise<Block[]> {
  const circle = { range: [-Math.PI, Math.PI] as const, period: 2 * Math.PI };
  return perPanel(context, (found) => {
    const series = found.flatMap(({ label, probed }) =>
      of.map((name): LineSeries => {
        const values = angles ? anglesOf(probed[name] ?? []) : (probed[name] ?? []);
        const points = density(values, angles ? circle : {});
        return { name: of.length > 1 ? `${label}: ${name}` : label, points };
      }),
    );
    return (caption) => lineChart({ title: caption, xTitle: title, yTitle: 'density', series });
  });
}

/** One list against another, a colour for each training. */
export function scatterFigures(context: ViewContext, { x, y }: Of<'scatter'>): Promise<Block[]> {
  return perPanel(context, (found) => {
    const series = found.map(({ label, probed }): LineSeries => {
      const [xs = [], ys = []] = [probed[x.list], probed[y.list]];
      return { name: label, points: xs.map((value, k) => ({ x: value, y: ys[k] ?? Number.NaN })) };
    });
    return (caption) => scatterChart({ title: caption, xTitle: x.title, yTitle: y.title, series });
  });
}

/** Points in the plane, a colour for each group: one chart a training. */
export async function planeFigures(context: ViewContext, { groups }: Of<'plane'>): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const { label, probed, cell } of probedOf(context, context.measured)) {
    const title = `${label} on ${cell.dataset}, protocol ${cell.protocol}, seed ${cell.seed}`;
    const series = groups.map(({ list, title: name }) => ({ name, points: pairsOf(probed[list] ?? []) }));
    const svg = await scatterChart({ title, xTitle: 't-SNE 1', yTitle: 't-SNE 2', series });
    blocks.push({
      kind: 'figure',
      svg,
      description: `${title}: ${series.map(({ name }) => name).join(', ')} in the plane.`,
    });
  }
  return blocks;
}

interface Found {
  readonly label: string;
  readonly probed: Probed;
  readonly cell: Measured;
}

/** Of the first seed of each method and point. */
async function perPanel(
  context: ViewContext,
  draw: (found: readonly Found[]) => (caption: string) => Promise<string>,
): Promise<Block[]> {
  const { measured, protocols } = context;
  const blocks: Block[] = [];
  const seed = measured[0]?.seed;
  for (const { dataset, protocol } of panelsOf(measured, protocols)) {
    const found = probedOf(
      context,
      measured.filter((m) => m.dataset === dataset && m.protocol === protocol && m.seed === seed),
    );
    if (found.length === 0) continue;
    const caption = `${dataset}, protocol ${protocol}`;
    const svg = await draw(found)(caption);
    blocks.push({ kind: 'figure', svg, description: `${caption}: ${found.map(({ label }) => label).join(', ')}.` });
  }
  return blocks;
}

function probedOf({ experiment, probed }: ViewContext, measured: readonly Measured[]): Found[] {
  return measured.flatMap((cell) => {
    const found = probed(cell.key);
    const method = experiment.methods.find(({ id }) => id === cell.method)!;
    return found === undefined ? [] : [{ label: labelAt(experiment, method, cell.point), probed: found, cell }];
  });
}

function pairsOf(values: readonly number[]): { x: number; y: number }[] {
  return Array.from({ length: values.length / 2 }, (_, k) => ({ x: values[2 * k]!, y: values[2 * k + 1]! }));
}

/** Of points x, y, x, y ...: their directions from the centre, in (−π, π]. */
function anglesOf(values: readonly number[]): number[] {
  return pairsOf(values).map(({ x, y }) => Math.atan2(y, x));
}
