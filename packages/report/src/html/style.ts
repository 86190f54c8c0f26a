/** The report's page colours; `plot/theme.ts` keeps its palette readable on both. */
export const pageColours = { light: '#ffffff', dark: '#14171c' } as const;

const dark = `
  --page: ${pageColours.dark}; --ink: #e4e7ec; --soft: #a3abb8; --line: #343b46; --band: #1c2027;
  --good: #5cc98a; --bad: #f08a80; --accent: #7fb0ff;`;

export const style = `
:root {
  color-scheme: light dark;
  --page: ${pageColours.light}; --ink: #1b1f26; --soft: #5b6472; --line: #d7dce3; --band: #f5f7f9;
  --good: #17713f; --bad: #b3261e; --accent: #1f5fc4;
}
@media (prefers-color-scheme: dark) { :root {${dark} } }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 70rem; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; margin: 2.6rem 0 .7rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
p, ul { margin: .5rem 0; max-width: 46rem; }
ul { padding-left: 1.2rem; } li { margin: .3rem 0; }
.lead { font-size: 1.08rem; color: var(--soft); }
nav { margin: 1.2rem 0 0; font-size: .92rem; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
.scroll { overflow-x: auto; margin: .8rem 0 1.2rem; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { caption-side: top; text-align: left; color: var(--soft); padding-bottom: .4rem; font-size: .9rem; }
th, td { padding: .3rem .65rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; white-space: nowrap; border-bottom-width: 2px; }
th.right, td.right { text-align: right; white-space: nowrap; } td.short { white-space: nowrap; }
tbody tr:nth-child(even) { background: var(--band); }
td.strong { font-weight: 650; } td.muted { color: var(--soft); }
td.good { color: var(--good); } td.bad { color: var(--bad); }
figure { margin: 1rem 0 1.6rem; break-inside: avoid; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { color: var(--soft); font-size: .9rem; margin-top: .4rem; max-width: 46rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.4rem; margin: .8rem 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
pre {
  background: var(--band); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; overflow-x: auto;
  font: .86rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace;
}
details { margin: .8rem 0; } summary { cursor: pointer; color: var(--accent); }
footer { margin-top: 3rem; color: var(--soft); font-size: .86rem; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@media print {
  :root {
    color-scheme: light; --page: #fff; --ink: #000; --soft: #444; --line: #bbb; --band: #f5f5f5;
    --good: #17713f; --bad: #b3261e; --accent: #000;
  }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav { display: none; } h2, caption, thead { break-after: avoid; } tr, dl > * { break-inside: avoid; }
  .scroll { overflow: visible; } pre { white-space: pre-wrap; }
}
`;
