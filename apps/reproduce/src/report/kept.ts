import type { KeptReport } from './results-page.ts';

/**
 * Reports by paper, as they were first kept. A fresh one takes the place of every kept one of whose rows it has all, with all
 * seeds.
 */
export function mergeReports(kept: readonly KeptReport[], fresh: readonly KeptReport[]): KeptReport[] {
  return fresh.reduce<KeptReport[]>(
    (reports, report) => {
      const seeds = new Map(report.rows.map((row) => [rowKey(row), new Set(row.seeds)]));
      const isCovered = (row: KeptReport['rows'][number]): boolean =>
        row.seeds.every((seed) => seeds.get(rowKey(row))?.has(seed));
      const isReplaced = (old: KeptReport): boolean => sameExperiment(old, report) && old.rows.every(isCovered);
      const first = reports.findIndex(isReplaced);
      const others = reports.filter((old) => !isReplaced(old));
      return others.toSpliced(first < 0 ? others.length : first, 0, report);
    },
    [...kept],
  );
}

function sameExperiment(a: KeptReport, b: KeptReport): boolean {
  return a.paper === b.paper && a.experiment === b.experiment && a.budget === b.budget;
}

function rowKey({ dataset, method, protocol, metric }: KeptReport['rows'][number]): string {
  return JSON.stringify([dataset, method, protocol, metric]);
}

/** JSON with a line for each row and claim, so that a change of one number is a change of one line. */
export function keptText(reports: readonly KeptReport[]): string {
  const lines = (values: readonly object[]): string => values.map((value) => JSON.stringify(value)).join(',\n');
  const texts = reports.map(({ rows, claims, ...rest }) => {
    const head = JSON.stringify(rest).slice(0, -1);
    return `${head},"rows":[\n${lines(rows)}\n],"claims":[\n${lines(claims)}\n]}`;
  });
  return `{"format":"losslab-results/1","reports":[\n${texts.join(',\n')}\n]}\n`;
}
