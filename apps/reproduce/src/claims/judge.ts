import type { Protocol } from '@losslab/core';
import { checkAlone } from './alone.ts';
import { checkAlong } from './along.ts';
import { checkBetween } from './between.ts';
import type { Check, Evidence } from './check.ts';
import { checkGrid } from './grid.ts';
import { checkSpread } from './spread.ts';
import type { Claim } from './statement.ts';

export type Verdict = 'holds' | 'does not hold' | 'cannot be told';

export interface Judgement {
  readonly claim: Claim;
  readonly dataset: string;
  readonly protocol: Protocol;
  readonly verdict: Verdict;
  /** The numbers that decided, or what is missing. */
  readonly evidence: string;
}

/**
 * Judges a claim on one data set: one number that speaks against it refutes it, all must speak for it to hold, and anything
 * missing, cut off by the budget or too close leaves it open. A claim about most cases goes by more than half of them.
 * Differences are compared with two standard errors, or with `leastGap` where there is one seed.
 */
export function judge(claim: Claim, protocol: Protocol, evidence: Evidence): Judgement {
  const metrics = claim.quantities?.map(({ name }) => name) ?? claim.metrics ?? evidence.metrics;
  const checks = checksOf(claim, { ...evidence, metrics });
  const told = (verdict: Verdict, because: string): Judgement => {
    return { claim, dataset: evidence.dataset, protocol, verdict, evidence: because };
  };
  if (claim.inMost) return told(...most(checks));
  const refuting = checks.filter((check) => check.answer === 'no');
  if (refuting.length > 0) return told('does not hold', texts(refuting));
  const open = checks.filter((check) => check.answer === 'unclear');
  if (open.length > 0 || checks.length === 0) return told('cannot be told', texts(open));
  const narrowest = checks.reduce((least, check) => (check.margin! < least.margin! ? check : least));
  return told('holds', checks.length > 2 ? `closest: ${narrowest.text}` : texts(checks));
}

/** The verdict on a claim about most cases, and its evidence. */
function most(checks: readonly Check[]): [Verdict, string] {
  const of = (answer: Check['answer']): Check[] => checks.filter((check) => check.answer === answer);
  const [yes, no] = [of('yes'), of('no')];
  const told = (verdict: Verdict, shown: readonly Check[]): [Verdict, string] => {
    return [verdict, [`${yes.length} of ${checks.length} for it, ${no.length} against`, texts(shown)].join('; ')];
  };
  if (yes.length > checks.length / 2) return told('holds', checks);
  if (no.length >= checks.length / 2 && checks.length > 0) return told('does not hold', no);
  return told('cannot be told', of('unclear'));
}

function checksOf({ statement }: Claim, evidence: Evidence): Check[] {
  switch (statement.kind) {
    case 'beats':
    case 'gains':
    case 'gains at best':
    case 'equals':
      return checkBetween(statement, evidence);
    case 'above':
    case 'above on':
    case 'best metric':
    case 'occurs':
      return checkAlone(statement, evidence);
    case 'best point':
    case 'best part':
    case 'worst point':
      return checkGrid(statement, evidence);
    case 'more sensitive':
    case 'gaps close':
      return checkSpread(statement, evidence);
    default:
      return checkAlong(statement, evidence);
  }
}

const mostTexts = 4;

function texts(checks: readonly Check[]): string {
  const all = [...new Set(checks.map((check) => check.text))];
  const rest = all.length - mostTexts;
  return [...all.slice(0, mostTexts), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}
