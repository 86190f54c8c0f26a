/*
 * Whose an exception is. A part's functions tell theirs; what losslab lends to a part (the objective of a procedure, the scores for
 * `refine`) is not the part's, though it is called from there.
 */

type Call = (...args: never[]) => unknown;

/** The error to throw for what a method threw. */
type Tell = (method: string, cause: unknown) => unknown;

/** Exceptions out of what losslab lent. */
const lentOnes = new WeakSet<object>();

/** The same part: what its functions throw goes through `tell`, whether they throw at once, in a promise or in a step. */
export function guarded<Part extends object>(part: Part, tell: Tell): Part {
  return withFunctions(part, (method, call) => {
    const told = (cause: unknown): unknown => (isLent(cause) ? cause : tell(method, cause));
    return (...args: never[]) => {
      const result = attempt(() => call(...(args.map(lent) as never[])), told);
      if (result instanceof Promise) return toldPromise(result, told);
      if (method === 'epoch' && isIterable(result)) return toldEvents(result, told);
      if (method !== 'ranker' || typeof result !== 'object' || result === null) return result;
      return guarded(result, (of, cause) => (isLent(cause) ? cause : tell(`${of} of the ranker`, cause)));
    };
  });
}

function attempt<Result>(work: () => Result, told: (cause: unknown) => unknown): Result {
  try {
    return work();
  } catch (cause) {
    throw told(cause);
  }
}

/** A part that should not have returned a promise is refused without waiting: its rejection then is nobody's. */
function toldPromise(result: Promise<unknown>, told: (cause: unknown) => unknown): Promise<unknown> {
  const promise = result.catch((cause) => {
    throw told(cause);
  });
  promise.catch(() => {});
  return promise;
}

async function* toldEvents(events: AsyncIterable<unknown>, told: (cause: unknown) => unknown): AsyncGenerator<unknown> {
  try {
    yield* events;
  } catch (cause) {
    throw told(cause);
  }
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

const isLent = (cause: unknown): boolean => lentOnes.has(Object(cause));

/** An argument whose functions mark what they throw as none of the part's: a function, or what a procedure gets. */
function lent(arg: unknown): unknown {
  if (typeof arg === 'function') return marking(arg as Call);
  const { objective, streams } = (arg ?? {}) as { objective?: unknown; streams?: object };
  if (typeof objective !== 'function' || streams === undefined) return arg;
  const all = Object.entries(streams).map(([name, stream]) => [
    name,
    withFunctions(stream, (_, call) => marking(call)),
  ]);
  const context = withFunctions(arg as object, (_, call) => marking(call));
  return Object.defineProperty(context, 'streams', { value: Object.fromEntries(all), enumerable: true });
}

function marking(call: Call): Call {
  return (...args) => {
    try {
      const result = call(...args);
      return typeof result === 'function' ? marking(result as Call) : result;
    } catch (cause) {
      if (typeof cause === 'object' && cause !== null) lentOnes.add(cause);
      throw cause;
    }
  };
}

/** The same object with other functions. What it inherits counts as its own, for those who spread it. */
function withFunctions<Part extends object>(part: Part, wrap: (name: string, call: Call) => Call): Part {
  const made = Object.create(part);
  for (const name of namesIn(part)) {
    const read = (): unknown => (part as Record<string, unknown>)[name];
    const value = read();
    const held =
      typeof value === 'function' ? { value: wrap(name, (...args) => value.apply(part, args)) } : { get: read };
    Object.defineProperty(made, name, { ...held, enumerable: true, configurable: true });
  }
  return made;
}

function namesIn(part: object): Set<string> {
  const names = new Set<string>();
  for (let at = part; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) if (name !== 'constructor') names.add(name);
  }
  return names;
}
