import { existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { EpochRecord, TrainEvent } from '@losslab/core';
import { type AppendFile, appendFile } from './append-file.ts';
import { readEvent, scalarsEvent, textEvent, versionEvent } from './event.ts';
import type { Done, Logged, OpenLog, RunLog } from './log.ts';
import { decodeRecords, encodeRecord } from './records.ts';
import { optionsText, provenanceText } from './texts.ts';

/*
 * Tags, and what their steps count:
 *
 *   step/loss, step/learning_rate, step/milliseconds                      steps of the whole run, from 1
 *   epoch/loss, epoch/learning_rate, epoch/seconds, epoch/milliseconds_a_step, epoch/counts/*     epochs, from 1
 *   valid/recall@20 ..., under protocol `paper` test/recall@20 ...        epochs, from 1
 *   final/recall@20 ...                                                   the best epoch: the result
 *   run/options, run/provenance                                           texts, at step 0
 */

/** Names of event files in a folder, oldest first. */
export function eventFiles(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.startsWith('events.out.tfevents.'))
    .sort();
}

/** When the first event of a file was written, in milliseconds since 1970: that is when its run's process began. */
export function beginningOf(path: string): number {
  const [first] = decodeRecords(readFileSync(path));
  return first === undefined ? Number.NaN : Math.round(readEvent(first.data).time * 1000);
}

/** Scalars and texts for TensorBoard, in one event file of a folder; a run that is gone on with goes on in it. */
export const openTensorBoard: OpenLog = ({ path: dir, everySteps, done, session }) => {
  const files = eventFiles(dir).map((name) => join(dir, name));
  const kept = files.map((file) => keptBytes(file, done));
  files.slice(0, -1).forEach((file, k) => {
    truncateSync(file, kept[k]);
  });
  const last = files.at(-1) ?? join(dir, newName(session.startedAt));
  const file = appendFile(last, kept.at(-1) ?? 0);
  if ((kept.at(-1) ?? 0) === 0) file.append(encodeRecord(versionEvent(Date.parse(session.startedAt) / 1000)));
  return tensorBoardLog(file, { everySteps, steps: done.steps, isNew: files.length === 0 || kept[0] === 0 });
};

function newName(startedAt: string): string {
  const seconds = Math.floor(Date.parse(startedAt) / 1000);
  return `events.out.tfevents.${seconds}.${hostname()}.${process.pid}`;
}

/** Bytes before the first event of a step or an epoch that is yet to be done (again). */
function keptBytes(path: string, { epochs, steps }: Done): number {
  let end = 0;
  for (const record of decodeRecords(readFileSync(path))) {
    const { step, tags } = readEvent(record.data);
    const group = tags[0]?.split('/')[0];
    if (group === 'final' || (group === 'step' && step > steps)) return record.start;
    if (['epoch', 'valid', 'test'].includes(group ?? '') && step > epochs) return record.start;
    end = record.end;
  }
  return end;
}

interface Place {
  readonly everySteps: number;
  /** Done before. */
  readonly steps: number;
  readonly isNew: boolean;
}

function tensorBoardLog(file: AppendFile, { everySteps, steps: before, isNew }: Place): RunLog {
  let [steps, epochSteps] = [before, 0];
  const put = (message: Uint8Array): void => file.append(encodeRecord(message));
  return {
    write({ event, time }: Logged) {
      const seconds = time.getTime() / 1000;
      const scalars = (step: number, values: Readonly<Record<string, number>>): void =>
        put(scalarsEvent({ time: seconds, step }, values));
      if (event.kind === 'start' && isNew) {
        put(textEvent({ time: seconds, step: 0 }, 'run/options', optionsText(event)));
        put(textEvent({ time: seconds, step: 0 }, 'run/provenance', provenanceText(event)));
      } else if (event.kind === 'step') {
        epochSteps = event.steps;
        steps++;
        if (everySteps > 0 && steps % everySteps === 0) scalars(steps, stepScalars(event));
      } else if (event.kind === 'epoch') scalars(event.record.epoch, epochScalars(event.record, epochSteps));
      else if (event.kind === 'finish' && event.result.status === 'finished') {
        scalars(event.result.bestEpoch, within('final', event.result.metrics));
      }
    },
    close: () => file.close(),
  };
}

function stepScalars(event: Extract<TrainEvent, { kind: 'step' }>): Record<string, number> {
  const { loss, learningRate, milliseconds } = event;
  return {
    'step/loss': loss,
    ...(learningRate !== undefined && { 'step/learning_rate': learningRate }),
    'step/milliseconds': milliseconds,
  };
}

function epochScalars(record: EpochRecord, steps: number): Record<string, number> {
  const { loss, learningRate, seconds, counts = {}, valid = {}, test = {} } = record;
  return {
    'epoch/loss': loss,
    'epoch/learning_rate': learningRate,
    'epoch/seconds': seconds,
    ...(steps > 0 && { 'epoch/milliseconds_a_step': (seconds * 1000) / steps }),
    ...within('epoch/counts', counts),
    ...within('valid', valid),
    ...within('test', test),
  };
}

function within(group: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${group}/${name}`, value]));
}
