import { type Checkout, leaves, type TrainEvent } from '@losslab/core';

type Start = Extract<TrainEvent, { kind: 'start' }>;

/** The resolved options as a Markdown table, nested ones by their dotted names. */
export function optionsText({ options = {} }: Start): string {
  return markdownTable(['option', 'value'], leaves(options));
}

/** What the run was made with, as a Markdown table. */
export function provenanceText({ session, dataset }: Start): string {
  const rows: [string, string][] = [];
  if (session?.command !== undefined) rows.push(['command', session.command]);
  if (dataset !== undefined) rows.push(['data', dataset.name], ['SHA-256 of the data', dataset.checksum]);
  if (session === undefined) return markdownTable(['what', 'value'], rows);
  const { startedAt, engine, machine, versions, git = {} } = session;
  const build = engine.build === undefined ? '' : ` (${engine.build})`;
  rows.push(
    ['started', startedAt],
    ['engine', `${engine.name}${build}, threads ${engine.threads}`],
    ['machine', `${machine.cpu}, ${machine.cores} cores, ${machine.system}`],
    ...Object.entries(versions).map(([name, version]): [string, string] => [name, version]),
    ...Object.entries(git).map(([what, at]): [string, string] => [`git commit of ${what}`, commitText(at)]),
  );
  return markdownTable(['what', 'value'], rows);
}

function commitText({ commit, modified }: Checkout): string {
  return modified ? `${commit}, with changes` : commit;
}

function markdownTable(head: readonly [string, string], rows: readonly (readonly [string, string])[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
  return [head, ['---', '---'], ...rows].map(([a, b]) => `| ${cell(a!)} | ${cell(b!)} |`).join('\n');
}
