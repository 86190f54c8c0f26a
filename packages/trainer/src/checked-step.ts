import type { Step, StepEvent } from '@losslab/core';
import { brokenPart } from './contract.ts';

const remedy = 'make it an async generator: async *epoch(context) { ... yield { step, steps, loss } }';

/** The events of one epoch of a procedure. @throws LosslabError `bad-plugin` where it returns none */
export async function eventsOf(step: Step, context: Parameters<Step['epoch']>[0]): Promise<AsyncIterable<StepEvent>> {
  const events: unknown = await step.epoch(context); // a promise is none of the contract, but its error is worth telling
  if (isIterable(events)) return events;
  throw brokenPart({ kind: 'step', name: step.name }, 'epoch to return an async iterable', events, remedy);
}

/** @throws LosslabError `bad-plugin` for an event without its numbers */
export function checkEvent(event: StepEvent | undefined, { name }: Step): void {
  if (isEvent(event)) return;
  const { step, steps, loss, counts }: Partial<StepEvent> = event ?? {};
  const numbers: [string, unknown][] = Object.entries({ step, steps, loss, ...counts });
  const [key, value] = numbers.find(([, each]) => typeof each !== 'number')!;
  const part = { kind: 'step', name } as const;
  throw brokenPart(part, `epoch to yield events with ${key} as a number`, value, 'yield { step, steps, loss }');
}

/** Allocates nothing: a step asks. */
function isEvent(event: Partial<StepEvent> | undefined): event is StepEvent {
  if (typeof event?.step !== 'number' || typeof event.steps !== 'number' || typeof event.loss !== 'number')
    return false;
  for (const name in event.counts) if (typeof event.counts[name] !== 'number') return false;
  return true;
}

function isIterable(value: unknown): value is AsyncIterable<StepEvent> {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}
