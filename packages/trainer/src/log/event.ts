import { type Bytes, bytesField, doubleField, floatField, readFields, textField, varintField } from './protobuf.ts';

/*
 * TensorBoard's event files hold `Event` messages (tensorboard/compat/proto/event.proto and summary.proto):
 *
 *   Event    1 wall_time: double · 2 step: int64 · 3 file_version: string · 5 summary: Summary
 *   Summary  1 value: Value, repeated
 *   Value    1 tag: string · 2 simple_value: float · 8 tensor: TensorProto · 9 metadata: SummaryMetadata
 */

/** Seconds since 1970, and a step on the axis of the tags. */
export interface Moment {
  readonly time: number;
  readonly step: number;
}

function event({ time, step }: Moment, rest: Bytes): Uint8Array {
  return Uint8Array.from([...doubleField(1, time), ...varintField(2, step), ...rest]);
}

/** The first event of every file. */
export function versionEvent(time: number): Uint8Array {
  return event({ time, step: 0 }, textField(3, 'brain.Event:2'));
}

/** Several scalars of one step. */
export function scalarsEvent(moment: Moment, scalars: Readonly<Record<string, number>>): Uint8Array {
  const values = Object.entries(scalars).map(([tag, value]) => [...textField(1, tag), ...floatField(2, value)]);
  return event(
    moment,
    bytesField(
      5,
      values.flatMap((value) => bytesField(1, value)),
    ),
  );
}

const stringType = 7; // DT_STRING

/** A text in Markdown, for the text plug-in. */
export function textEvent(moment: Moment, tag: string, text: string): Uint8Array {
  const shape = bytesField(2, varintField(1, 1)); // one dimension of size 1
  const tensor = [...varintField(1, stringType), ...bytesField(2, shape), ...textField(8, text)];
  const metadata = bytesField(1, textField(1, 'text')); // plugin_data.plugin_name
  const value = [...textField(1, tag), ...bytesField(9, metadata), ...bytesField(8, tensor)];
  return event(moment, bytesField(5, bytesField(1, value)));
}

/** When, at which step and of which tags an event is. */
export function readEvent(message: Uint8Array): Moment & { readonly tags: readonly string[] } {
  let [time, step] = [Number.NaN, 0];
  const tags: string[] = [];
  for (const { field, value } of readFields(message)) {
    if (field === 2 && typeof value === 'number') step = value;
    if (typeof value === 'number') continue;
    if (field === 1) time = new DataView(value.buffer, value.byteOffset, value.byteLength).getFloat64(0, true);
    if (field === 5) tags.push(...tagsOf(value));
  }
  return { time, step, tags };
}

function tagsOf(summary: Uint8Array): string[] {
  return [...readFields(summary)].flatMap(({ value }) =>
    typeof value === 'number'
      ? []
      : [...readFields(value)].flatMap((part) =>
          part.field === 1 && typeof part.value !== 'number' ? [new TextDecoder().decode(part.value)] : [],
        ),
  );
}
