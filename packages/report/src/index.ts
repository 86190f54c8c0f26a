export * from './compare/compare-runs.ts';
export type { ComparedEntry, ComparedRun, PerUserValues } from './compare/compared.ts';
export type { Difference } from './compare/differences.ts';
export { comparisonJson } from './compare/json.ts';
export {
  type ComparisonReportOptions,
  type ComparisonTextOptions,
  comparisonReport,
  comparisonText,
} from './compare/present.ts';
export type { PairedTests } from './compare/tests.ts';
export * from './comparison.ts';
export { formatCsv } from './csv.ts';
export * from './curves.ts';
export { type DensityOptions, density } from './density.ts';
export * from './entry.ts';
export * from './format.ts';
export * from './html/blocks.ts';
export { escapeHtml } from './html/escape.ts';
export { renderHtml } from './html/render.ts';
export { pageColours } from './html/style.ts';
export { type LeaderboardOptions, leaderboard } from './leaderboard.ts';
export * from './plot/bar-chart.ts';
export * from './plot/grid-chart.ts';
export * from './plot/line-chart.ts';
export { renderSvg } from './plot/render.ts';
export * from './plot/scatter-chart.ts';
export { palette } from './plot/theme.ts';
export * from './provenance.ts';
export * from './run-report.ts';
export * from './summary.ts';
export * from './table.ts';
export { writeWhole } from './write.ts';
