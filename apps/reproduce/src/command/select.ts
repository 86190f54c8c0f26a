import { LosslabError, unknownName } from '@losslab/core';
import type { Experiment } from '../experiment.ts';
import type { Paper } from '../paper.ts';

/** An experiment and the paper that it is of. */
export interface Selected {
  readonly paper: Paper;
  readonly experiment: Experiment;
}

interface Wanted {
  readonly table?: string;
  readonly figure?: string;
}

/**
 * What `<paper>`, `--table` and `--figure` mean: a paper's first table where neither is given, every experiment for the
 * paper `all`, every table or figure for `--table all` or `--figure all`.
 * @throws LosslabError `unknown-name` for a paper, table or figure, `bad-option` for both or for one of `all`.
 */
export function selectExperiments(
  name: string,
  { table, figure }: Wanted,
  papers: Readonly<Record<string, Paper>>,
): Selected[] {
  if (table !== undefined && figure !== undefined) throw oneOnly('--table or --figure', 'both');
  if (name === 'all') {
    if (table !== undefined || figure !== undefined) throw oneOnly('a paper for --table and --figure', 'all');
    return Object.values(papers).flatMap((paper) => paper.experiments.map((experiment) => ({ paper, experiment })));
  }
  const paper = Object.hasOwn(papers, name) ? papers[name]! : undefined;
  if (paper === undefined) throw unknownName('paper', name, [...Object.keys(papers), 'all'], 'reproduce');
  return find(paper, { table, figure } as Wanted).map((experiment) => ({ paper, experiment }));
}

function find(paper: Paper, { table, figure }: Wanted): readonly Experiment[] {
  if (table !== undefined) return matching(paper, 'table', roman(bare('table', table)), table);
  if (figure !== undefined) return matching(paper, 'figure', bare('figure', figure), figure);
  return paper.experiments.slice(0, 1);
}

/** `9` is figure 9 or all its panels, `3a` one panel; `II` is all parts of a table, `II-lightgcn` one. */
function matching(paper: Paper, kind: string, wanted: string, typed: string): Experiment[] {
  const all = paper.experiments.filter(({ id }) => id.startsWith(`${kind}:`));
  const name = ({ id }: Experiment): string => id.slice(kind.length + 1);
  const found = all.filter((one) => wanted === 'all' || new RegExp(`^${wanted}(?:[a-z]|-\\w+)?$`, 'i').test(name(one)));
  if (found.length === 0) throw unknownName(kind, typed, [...all.map(name), 'all'], 'reproduce');
  return found;
}

/** `table-2`, `Table 2` and `2` are the same. */
function bare(kind: string, text: string): string {
  return text.replace(new RegExp(`^${kind}[ :-]?`, 'i'), '').replace(/[^\w-]/g, '');
}

const numerals = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

/** Experiments number their tables as the paper prints them: `2` finds `II` and `2`. */
function roman(text: string): string {
  const numeral = numerals[Number(text)];
  return numeral ? `(?:${numeral}|${text})` : text;
}

function oneOnly(expected: string, got: string): LosslabError {
  return new LosslabError('bad-option', `[reproduce] expected ${expected}, got ${got}; run one after the other`);
}
