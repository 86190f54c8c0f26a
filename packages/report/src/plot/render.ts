import { parse, type Spec as VegaSpec, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { theme } from './theme.ts';

/** Compiles a Vega-Lite specification and renders it to SVG, without a browser. Same data, same text. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const compiled = compile({ ...spec, config: theme }, { logger: silent }).spec as VegaSpec;
  const view = new View(parse(compiled), { renderer: 'none' });
  try {
    return responsive(await view.toSVG());
  } finally {
    view.finalize();
  }
}

// Vega-Lite warns on the console about scales without data; a report with an empty plot says so itself.
const silent = {
  level: () => silent,
  error: () => silent,
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
} as never;

// The width and height attributes stay the largest size; the page's styles let it shrink by its viewBox.
function responsive(svg: string): string {
  return svg.replace(/ xmlns:xlink="[^"]*"/, '').replace(/ aria-roledescription="[^"]*"| role="graphics-[^"]*"/g, '');
}
