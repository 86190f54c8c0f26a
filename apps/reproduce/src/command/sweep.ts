import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LosslabError } from '@losslab/core';
import { barProgress } from '../progress/bars.ts';
import { lineProgress } from '../progress/lines.ts';
import { forkCell } from '../sweep/fork.ts';
import { cellStore } from '../sweep/store.ts';
import { type Outcome, type RunCell, sweep } from '../sweep/sweep.ts';
import type { Options } from './options.ts';
import type { Plan } from './plan.ts';

/** The world around the command, so that tests can stand in for it. */
export interface World {
  readonly out: (text: string) => void; // results
  readonly log: (line: string) => void; // progress and remarks
  readonly isTerminal: boolean;
  readonly terminal: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  /** The command as it was typed. */
  readonly command: string;
  /** Absent: a child process a cell. */
  readonly runCell?: RunCell;
}

/** @throws LosslabError `bad-run` where the folder holds trainings already and `--resume` is not given. */
export function checkOut({ out, resume }: Options): void {
  const count = existsSync(out) ? cellStore(out).count() : 0;
  if (count > 0 && !resume) {
    throw new LosslabError(
      'bad-run',
      `[reproduce] expected an empty folder, got ${out} with ${count} trainings; add --resume to go on from them, or choose another --out`,
      { where: 'out' },
    );
  }
  try {
    mkdirSync(join(out, 'cells'), { recursive: true });
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const message = `[reproduce] expected a folder to write in, got ${out} (${reason}); choose another --out`;
    throw new LosslabError('bad-run', message, { where: 'out', cause });
  }
}

/** Trains the cells of all plans as one sweep, with progress on the terminal; outcomes plan by plan. */
export async function runPlans(options: Options, plans: readonly Plan[], world: World): Promise<Outcome[][]> {
  const bars = world.isTerminal ? barProgress(world.terminal) : undefined;
  const { dataDir, threads, jobs, out, budget } = options;
  try {
    const outcomes = await sweep({
      cells: plans.flatMap(({ cells }) => cells),
      store: cellStore(out),
      runCell: world.runCell ?? forkCell({ threads, dataDir, command: world.command, reuse: budget === 'smoke' }),
      jobs,
      signal: world.signal,
      onEvent: bars?.onEvent ?? lineProgress(world.log),
    });
    return plans.map(({ cells }) => outcomes.splice(0, cells.length));
  } finally {
    bars?.stop();
  }
}

/** What to type to go on, and the exit code of an interrupted command. */
export function interrupted(outcomes: readonly Outcome[], world: World): number {
  const trainings = new Map(outcomes.map(({ key, result }) => [key, result !== undefined]));
  const done = [...trainings.values()].filter(Boolean).length;
  const again = world.command.includes('--resume') ? world.command : `${world.command} --resume`;
  world.log(`interrupted: ${done} of ${trainings.size} trainings are finished and kept; go on with: ${again}`);
  return 130;
}
