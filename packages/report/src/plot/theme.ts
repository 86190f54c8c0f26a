import type { Config } from 'vega-lite';

/** Series colours. Each has a contrast of at least 3 : 1 against the report's light and dark backgrounds. */
export const palette: readonly string[] = [
  '#3578e5',
  '#d9731a',
  '#2e9b59',
  '#c2509b',
  '#8a63d2',
  '#d9483b',
  '#1f93a5',
  '#937c36',
];

/** Colours tell series apart, and so do shapes and dashes, for print and for eyes that see fewer colours. */
export const shapes: readonly string[] = [
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'cross',
  'triangle-down',
  'triangle-right',
  'triangle-left',
];
export const dashes: readonly (readonly number[])[] = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
  [4, 4],
  [10, 4],
  [1, 3],
  [12, 3, 3, 3],
];

/** Values for names, from the start again where there are more names. */
export function cycle<T>(values: readonly T[], names: readonly string[]): T[] {
  return names.map((_, k) => values[k % values.length]!);
}

const ink = 'currentColor'; // the page's own, so that a plot follows it from light to dark
const font = 'system-ui, sans-serif';
const text = { labelFont: font, titleFont: font, labelColor: ink, titleColor: ink } as const;

export const theme: Config = {
  aria: false, // the figure around it carries the description
  background: undefined,
  font,
  view: { stroke: null },
  axis: {
    ...text,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
    domainColor: ink,
    domainOpacity: 0.5,
    tickColor: ink,
    tickOpacity: 0.5,
    gridColor: ink,
    gridOpacity: 0.12,
  },
  legend: { ...text, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', symbolSize: 70, labelLimit: 260 },
  title: { font, color: ink, fontSize: 13, fontWeight: 600, anchor: 'start' },
};
