import type { Protocol } from '@losslab/core';
import {
  type Block,
  type Cell,
  leaderboard,
  learningCurves,
  protocolSentence,
  type Section,
  type Table,
} from '@losslab/report';
import { leastGap } from '../claims/check.ts';
import type { Judgement } from '../claims/judge.ts';
import type { Budget, Experiment } from '../experiment.ts';
import type { Contradiction } from '../paper.ts';
import { entriesUnder, type Measured } from './measured.ts';

/** A leaderboard and the curves of the stopping metric, for each data set and protocol that has results. */
export async function runSections(
  experiment: Experiment,
  measured: readonly Measured[],
  protocols: readonly Protocol[],
): Promise<Section[]> {
  const metrics = experiment.metrics.map((metric) => metric.name);
  const boards: Block[] = [];
  const curves: Block[] = [];
  for (const dataset of new Set(measured.map((m) => m.dataset))) {
    for (const protocol of protocols) {
      const entries = entriesUnder(experiment, measured, dataset, protocol);
      if (entries.length === 0) continue;
      const caption = `${dataset}, protocol ${protocol}`;
      boards.push({ kind: 'table', table: leaderboard(entries, { metrics, heading: 'method' }), caption });
      const svg = await learningCurves(entries, metrics[0]!, { title: caption, width: 620 });
      const names = entries.map((entry) => entry.label).join(', ');
      const part = protocol === 'clean' ? 'validation' : 'test';
      const under = `${metrics[0]} by epoch on the ${part} part, first seed. Each line ends where its training stopped.`;
      if (svg !== undefined) curves.push({ kind: 'figure', svg, description: `${caption}: ${names}.`, caption: under });
    }
  }
  return [
    { heading: 'Runs', blocks: boards },
    ...(curves.length === 0 ? [] : [{ heading: 'Learning curves', blocks: curves }]),
  ];
}

/** Claims with their verdicts, one row a claim, data set and protocol. */
export function claimsSection(judgements: readonly Judgement[], budget: Budget): Section {
  const heading = 'Claims of the paper';
  if (judgements.length === 0) {
    const why = budget === 'smoke' ? 'Budget smoke decides nothing.' : 'None is about the data sets of these runs.';
    return { heading, blocks: [{ kind: 'text', text: why }] };
  }
  const tones = { holds: 'good', 'does not hold': 'bad', 'cannot be told': 'muted' } as const;
  const headings = ['claim', 'read as', 'data', 'protocol', 'verdict', 'because'];
  const rows = judgements.map(({ claim, dataset, protocol, verdict, evidence }, k): Cell[] => {
    const isRepeated = judgements[k - 1]?.claim === claim;
    return [
      isRepeated ? '' : `${claim.text} (${claim.source})`,
      { text: isRepeated ? '' : claim.reading, tone: 'muted' },
      dataset,
      protocol,
      { text: verdict, tone: tones[verdict] },
      { text: evidence, tone: 'muted' },
    ];
  });
  const table: Table = { columns: headings.map((name) => ({ heading: name })), rows };
  const rule = `Judged on each data set by itself, by these runs and with this budget: ${budget}. A claim holds where every number speaks for it, does not hold where one speaks against it, and cannot be told where a number is missing, where a training that it needs was cut off by the budget before its patience ran out, or where numbers are too close: within two standard errors over seeds, or within ${leastGap * 100} % where there is one seed.`;
  return {
    heading,
    blocks: [
      { kind: 'text', text: rule },
      { kind: 'table', table },
    ],
  };
}

export function contradictionsSection(contradictions: readonly Contradiction[]): Section {
  const items = contradictions.map(({ text, source }) => `${text} (${source})`);
  const lead = 'Where the paper disagrees with itself, its code or its logs. Found by reading, not by these runs.';
  return {
    heading: 'Contradictions in the paper',
    blocks: [
      { kind: 'text', text: lead },
      { kind: 'list', items },
    ],
  };
}

export function protocolItems(protocols: readonly Protocol[]): string[] {
  return protocols.map((protocol) => `Protocol ${protocolSentence(protocol)}.`);
}
