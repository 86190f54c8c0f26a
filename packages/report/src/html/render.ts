import { cellText, cellTone, type Table } from '../table.ts';
import type { Block, Report, Section } from './blocks.ts';
import { escapeHtml } from './escape.ts';
import { style } from './style.ts';

/** The whole page: one file, no scripts, nothing fetched (and a policy that says so to the browser). */
export function renderHtml(report: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(report.title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escapeHtml(report.title)}</h1>
${report.lead === undefined ? '' : `<p class="lead">${escapeHtml(report.lead)}</p>`}
${navigation(report.sections)}
</header>
<main>
${report.sections.map(renderSection).join('\n')}
</main>
<footer>Made by losslab, ${escapeHtml(report.date)}.</footer>
</body>
</html>
`;
}

/** Text for people: escaped, and no line ends between a number and its per cent sign. */
const prose = (text: string): string => escapeHtml(text).replace(/(\d) %/g, '$1&nbsp;%');

const anchor = (index: number): string => `section-${index + 1}`;

function navigation(sections: readonly Section[]): string {
  if (sections.length < 3) return '';
  const links = sections.map((section, k) => `<a href="#${anchor(k)}">${escapeHtml(section.heading)}</a>`);
  return `<nav>${links.join('\n')}</nav>`;
}

function renderSection(section: Section, index: number): string {
  return `<section id="${anchor(index)}">
<h2>${escapeHtml(section.heading)}</h2>
${section.blocks.map(renderBlock).join('\n')}
</section>`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p>${prose(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${prose(item)}</li>`).join('\n')}</ul>`;
    case 'table':
      return renderTable(block.table, block.caption);
    case 'figure':
      return renderFigure(block.svg, block.description, block.caption);
    case 'facts':
      return `<dl>${block.facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('\n')}</dl>`;
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`;
    case 'details':
      return `<details><summary>${escapeHtml(block.summary)}</summary>
${block.blocks.map(renderBlock).join('\n')}
</details>`;
  }
}

function renderFigure(svg: string, description: string, caption: string | undefined): string {
  const under = caption === undefined ? '' : `<figcaption>${prose(caption)}</figcaption>`;
  return `<figure><div role="img" aria-label="${escapeHtml(description)}">${svg}</div>${under}</figure>`;
}

const shortText = 24; // characters that stay on one line

function renderTable(table: Table, caption: string | undefined): string {
  const side = (c: number): string => (table.columns[c]?.align === 'right' ? 'right' : '');
  const classes = (...names: string[]): string => {
    const list = names.filter((name) => name !== '' && name !== 'plain').join(' ');
    return list === '' ? '' : ` class="${list}"`;
  };
  const head = table.columns.map(
    (column, c) => `<th scope="col"${classes(side(c))}>${escapeHtml(column.heading)}</th>`,
  );
  const rows = table.rows.map((row) => {
    const cells = row.map((cell, c) => {
      const text = cellText(cell);
      return `<td${classes(side(c), text.length <= shortText ? 'short' : '', cellTone(cell))}>${prose(text)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<div class="scroll"><table>
${caption === undefined ? '' : `<caption>${escapeHtml(caption)}</caption>`}
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`;
}
