import { type Block, barChart, density, type LineSeries, lineChart, scatterChart } from '@losslab/report';
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

/** A chart for each training of the first seed and moment: the share of values in each twentieth of [0, 1]. */
export async function histogramFigures(context: ViewContext, { moments, title }: Of<'histogram'>): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const { label, probed, cell } of probedOf(context, ofFirstSeed(context.measured))) {
    for (const { title: moment, lists } of moments) {
      const bars = lists.flatMap(({ list, title: series }) =>
        sharesOf(probed[list] ?? []).map((value, k) => ({ group: `${(k * 100) / bins / 100}`, series, value })),
      );
      if (bars.length === 0) continue;
      const caption = `${label} on ${cell.dataset}, protocol ${cell.protocol}, ${moment}`;
      const of = { title: caption, xTitle: `${title}, from`, yTitle: 'share of pairs', width: 620, height: 180 };
      blocks.push({ kind: 'figure', svg: await barChart({ ...of, bars }), description: `${title}: ${caption}.` });
    }
  }
  return blocks;
}

const bins = 20;

/** Of the values, the share in each bin of [0, 1]; nothing where there are none. */
function sharesOf(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(value * bins))]!++;
  return counts.map((count) => count / values.length);
}

/** A chart for each training of the first seed: the loss of every step over its number, a colour for what it counted. */
export async function stepFigures(context: ViewContext, { groups, title: xTitle }: Of<'steps'>): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const { label, probed, cell } of probedOf(context, ofFirstSeed(context.measured))) {
    const title = `${label} on ${cell.dataset}, protocol ${cell.protocol}`;
    const series = groups.map(({ list, title: name }) => ({ name, points: pairsOf(probed[list] ?? []) }));
    const svg = await scatterChart({ title, xTitle, yTitle: 'loss', series, width: 620, height: 260 });
    const counts = series.map(({ name, points }) => `${name} ${points.length}`).join(', ');
    blocks.push({ kind: 'figure', svg, description: `Loss of ${title} by ${xTitle}; points drawn: ${counts}.` });
  }
  return blocks;
}

const ofFirstSeed = (measured: readonly Measured[]): Measured[] =>
  measured.filter(({ seed }) => seed === measured[0]!.seed);

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
