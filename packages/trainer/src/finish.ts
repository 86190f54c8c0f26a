/** Runs a generator to its end, handing each event to `onEvent`. */
export async function finish<Event, Result>(
  events: AsyncGenerator<Event, Result>,
  onEvent?: (event: Event) => void,
): Promise<Result> {
  while (true) {
    const { done, value } = await events.next();
    if (done) return value;
    onEvent?.(value);
  }
}
