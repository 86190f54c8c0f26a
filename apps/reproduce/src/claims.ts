import type { Protocol } from '@losslab/core';
import type { Summary } from '@losslab/report';

/** A method's test metric on a data set, where it was measured. */
export type Ours = (dataset: string, method: string, metric: string) => Summary | undefined;

/** What a claim says in terms of measured numbers. */
export type Statement =
  /** Each of `better` beats each of `worse`, in every metric, by more than `by` (a fraction, 0 where absent). */
  | {
      readonly kind: 'beats';
      readonly better: readonly string[];
      readonly worse: readonly string[];
      readonly by?: number;
    }
  /** `better` gains on `worse` what the paper prints (fractions by metric), give or take `tolerance`. */
  | {
      readonly kind: 'gains';
      readonly better: string;
      readonly worse: string;
      readonly gains: Readonly<Record<string, number>>;
      readonly tolerance: number;
    }
  /** The two are within `within` (a fraction of the second) of each other. */
  | { readonly kind: 'equals'; readonly one: string; readonly other: string; readonly within: number };

export interface Claim {
  readonly text: string;
  readonly source: string;
  /** How it is read as numbers, for the report. */
  readonly reading: string;
  /** The data sets that it is about. */
  readonly datasets: readonly string[];
  readonly statement: Statement;
}

export type Verdict = 'holds' | 'does not hold' | 'cannot be told';

export interface Judgement {
  readonly claim: Claim;
  readonly dataset: string;
  readonly protocol: Protocol;
  readonly verdict: Verdict;
  /** The numbers that decided, or what is missing. */
  readonly evidence: string;
}

type Answer = 'yes' | 'no' | 'unclear';

interface Check {
  readonly answer: Answer;
  /** How far the numbers are from turning the answer; absent where one is missing. */
  readonly margin?: number;
  readonly text: string;
}

/** With one seed, a gap below this share of the value is taken for chance. */
export const leastGap = 0.005;

/**
 * Judges a claim on one data set: one number that speaks against it refutes it, all must speak for it to hold, and anything
 * missing or too close leaves it open. Gaps are compared with two standard errors, or with `leastGap` where there is one seed.
 */
export function judge(
  claim: Claim,
  dataset: string,
  protocol: Protocol,
  metrics: readonly string[],
  ours: Ours,
): Judgement {
  const checks = metrics.flatMap((metric) => checkStatement(claim.statement, dataset, metric, ours));
  const told = (verdict: Verdict, evidence: string): Judgement => ({ claim, dataset, protocol, verdict, evidence });
  const refuting = checks.filter((check) => check.answer === 'no');
  if (refuting.length > 0) return told('does not hold', texts(refuting));
  const open = checks.filter((check) => check.answer === 'unclear');
  if (open.length > 0 || checks.length === 0) return told('cannot be told', texts(open));
  const narrowest = checks.reduce((least, check) => (check.margin! < least.margin! ? check : least));
  return told('holds', checks.length > 2 ? `closest: ${narrowest.text}` : texts(checks));
}

function texts(checks: readonly Check[]): string {
  return [...new Set(checks.map((check) => check.text))].join('; ');
}

function checkStatement(statement: Statement, dataset: string, metric: string, ours: Ours): Check[] {
  const compare = (one: string, other: string, margin: (gap: number) => number): Check => {
    const [a, b] = [ours(dataset, one, metric), ours(dataset, other, metric)];
    if (a === undefined || b === undefined) {
      return { answer: 'unclear', text: `${a === undefined ? one : other} not run` };
    }
    const gap = a.mean / b.mean - 1;
    const text = `${metric}: ${one} ${a.mean.toFixed(4)}, ${other} ${b.mean.toFixed(4)} (${signed(gap)})`;
    return { answer: answerOf(margin(gap), doubt(a, b)), margin: margin(gap), text };
  };
  switch (statement.kind) {
    case 'beats': {
      const least = statement.by ?? 0;
      const pairs = statement.better.flatMap((one) => statement.worse.map((other) => [one, other] as const));
      return pairs.map(([one, other]) => compare(one, other, (gap) => gap - least));
    }
    case 'gains': {
      const gain = statement.gains[metric];
      if (gain === undefined) return [];
      return [compare(statement.better, statement.worse, (gap) => statement.tolerance - Math.abs(gap - gain))];
    }
    case 'equals': {
      return [compare(statement.one, statement.other, (gap) => statement.within - Math.abs(gap))];
    }
  }
}

function answerOf(margin: number, slack: number): Answer {
  if (Math.abs(margin) < slack) return 'unclear';
  return margin > 0 ? 'yes' : 'no';
}

/** Two standard errors of the relative gap between two means. */
function doubt(a: Summary, b: Summary): number {
  if (a.count < 2 || b.count < 2) return leastGap;
  return (2 * Math.sqrt(a.sd ** 2 / a.count + b.sd ** 2 / b.count)) / b.mean;
}

function signed(gap: number): string {
  return `${gap < 0 ? '−' : '+'}${Math.abs(gap * 100).toFixed(1)} %`;
}
