import type { Step, StepEvent } from '@losslab/core';
import { brokenPart } from './contract.ts';

const remedy = 'make it an async generator: async *epoch(context) { ... yield { step, steps, loss } }';

/**
 * The events of one epoch of a procedure, as far as their types go.
 * @throws LosslabError `bad-plugin` where the procedure returns none, or one without its numbers
 */
export async function* checkedEvents(step: Step, context: Parameters<Step['epoch']>[0]): AsyncGenerator<StepEvent> {
  const part = { kind: 'step', name: step.name } as const;
  const events: unknown = await step.epoch(context); // a promise is none of the contract, but its error is worth telling
  if (!isIterable(events)) throw brokenPart(part, 'epoch to return an async iterable', events, remedy);
  for await (const event of events) {
    const { step: at, steps, loss, counts = {} } = (event ?? {}) as StepEvent;
    for (const [name, value] of Object.entries({ step: at, steps, loss, ...counts })) {
      if (typeof value === 'number') continue;
      throw brokenPart(part, `epoch to yield events with ${name} as a number`, value, 'yield { step, steps, loss }');
    }
    yield event;
  }
}

function isIterable(value: unknown): value is AsyncIterable<StepEvent> {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}
