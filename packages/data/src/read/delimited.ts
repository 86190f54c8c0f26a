import { FieldErrors } from './field-errors.ts';
import type { DelimitedFormat } from './format.ts';
import { type LineBlock, lineBlocks, NEWLINE, RETURN } from './lines.ts';
import { parseNumber } from './numbers.ts';
import { finishRateNotes, type Plan, planColumns, type Role, valuesOf } from './plan.ts';
import { type NamedNumbering, type ReadRows, RowCollector } from './rows.ts';
import type { Source } from './source.ts';

const QUOTE = 34;
const USER: Role = 'user';
const ITEM: Role = 'item';

/** Reads one interaction a line. @throws LosslabError `bad-data` with file, line and column. */
export async function readDelimited(
  source: Source,
  format: DelimitedFormat,
  numbering: NamedNumbering,
): Promise<ReadRows> {
  const reader = new DelimitedReader(source.path, format, numbering);
  for await (const block of lineBlocks(source)) reader.read(block);
  return reader.finish();
}

/** The fields of a line as text, for headers. */
export function splitLine(bytes: Uint8Array, start: number, end: number, separator: string): string[] {
  const fields = new TextDecoder().decode(bytes.subarray(start, end)).split(separator);
  return fields.map((field) => (/^".*"$/.test(field) ? field.slice(1, -1) : field));
}

class DelimitedReader {
  readonly #path: string;
  readonly #format: DelimitedFormat;
  readonly #numbering: NamedNumbering;
  readonly #separator: number;
  readonly #second: number; // the separator's second byte, or −1
  #plan: Plan | undefined;
  #roles: readonly (Role | null)[] = [];
  #errors: FieldErrors;
  #rows = new RowCollector();
  #line = 0; // the one at hand, from 1
  #clipped = 0;
  #dropped = 0;
  // Values of the line at hand; ids are where they stand in its bytes, and numbered once the line is known to be kept.
  #userBytes: Uint8Array = new Uint8Array(0);
  #userStart = 0;
  #userEnd = 0;
  #itemBytes: Uint8Array = new Uint8Array(0);
  #itemStart = 0;
  #itemEnd = 0;
  #rating = 0;
  #timestamp = 0;
  #label = 0;
  #played = 0;
  #duration = 0;

  constructor(path: string, format: DelimitedFormat, numbering: NamedNumbering) {
    this.#path = path;
    this.#format = format;
    this.#numbering = numbering;
    this.#separator = format.separator.charCodeAt(0);
    this.#second = format.separator.length > 1 ? format.separator.charCodeAt(1) : -1;
    this.#errors = new FieldErrors(path, format.separator, 0);
  }

  read({ bytes, start, end }: LineBlock): void {
    for (let at = start; at < end; ) {
      this.#line++;
      const next = this.#plainLine(bytes, at, end);
      at = next > 0 ? next : this.#anyLine(bytes, at, end);
    }
  }

  finish(): ReadRows {
    return { rows: this.#rows.finish(), notes: finishRateNotes(this.#clipped, this.#dropped) };
  }

  /** Reads a line that is as it should be, in one pass, and returns where the next begins; else 0 and nothing read. */
  #plainLine(bytes: Uint8Array, start: number, end: number): number {
    const roles = this.#roles;
    if (roles.length === 0 || this.#second >= 0) return 0;
    const separator = this.#separator;
    let at = start;
    for (let column = 0; column < roles.length; column++) {
      const from = at;
      let byte = bytes[at]!;
      if (byte === QUOTE) return 0;
      while (byte !== separator && byte !== NEWLINE) {
        if (++at >= end) return 0;
        byte = bytes[at]!;
      }
      const isLast = column === roles.length - 1;
      if ((byte === NEWLINE) !== isLast) return 0;
      const to = isLast && bytes[at - 1] === RETURN ? at - 1 : at;
      if (!this.#take(bytes, from, to, roles[column]!)) return 0;
      at++;
    }
    this.#push();
    return at;
  }

  /** Takes a field; false where it is not what its role wants. */
  #take(bytes: Uint8Array, start: number, end: number, role: Role | null): boolean {
    if (role === null) return true;
    if (role === USER) {
      this.#userBytes = bytes;
      this.#userStart = start;
      this.#userEnd = end;
      return start < end;
    }
    if (role === ITEM) {
      this.#itemBytes = bytes;
      this.#itemStart = start;
      this.#itemEnd = end;
      return start < end;
    }
    const value = parseNumber(bytes, start, end);
    if (!Number.isFinite(value)) return false;
    if (role === 'rating') this.#rating = value;
    else if (role === 'timestamp') this.#timestamp = value;
    else if (role === 'played') this.#played = value;
    else if (role === 'duration') this.#duration = value;
    else {
      this.#label = value;
      return value === 0 || value === 1;
    }
    return true;
  }

  /** Reads any line, or says what is wrong with it; returns where the next begins. */
  #anyLine(bytes: Uint8Array, start: number, end: number): number {
    const newline = bytes.indexOf(NEWLINE, start);
    const next = newline < 0 || newline >= end ? end : newline;
    const stop = next > start && bytes[next - 1] === RETURN ? next - 1 : next;
    if (stop > start && !this.#takesHeader(bytes, start, stop)) this.#fields(bytes, start, stop);
    return next + 1;
  }

  /** Makes the plan of the first line; true where that line is a header. */
  #takesHeader(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#plan !== undefined) return false;
    const first = splitLine(bytes, start, end, this.#format.separator);
    this.#plan = planColumns(this.#format, first, { path: this.#path, line: this.#line, column: 1 });
    this.#roles = this.#plan.roles;
    this.#errors = new FieldErrors(this.#path, this.#format.separator, first.length);
    this.#rows = new RowCollector(valuesOf(this.#roles));
    return this.#plan.hasHeader;
  }

  #fields(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    for (const [column, role] of this.#roles.entries()) {
      if (at > end) throw this.#errors.tooFew(this.#line, end - start + 1, column);
      const field = bytes[at] === QUOTE ? this.#unquoted(bytes, at, end, start) : undefined;
      const stop = field?.stop ?? this.#endOfField(bytes, at, end);
      const content = field?.content ?? bytes.subarray(at, stop);
      if (!this.#take(content, 0, content.length, role))
        throw this.#errors.field(this.#line, at - start + 1, role!, content);
      at = stop + (this.#second < 0 ? 1 : 2);
    }
    if (at <= end) throw this.#errors.tooMany(this.#line, at - start + 1, bytes.subarray(at, end));
    this.#push();
  }

  #endOfField(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end && !this.#separates(bytes, at)) at++;
    return at;
  }

  #separates(bytes: Uint8Array, at: number): boolean {
    return bytes[at] === this.#separator && (this.#second < 0 || bytes[at + 1] === this.#second);
  }

  /** A field in quotes, in which a separator is text and "" is a quote, and where it stops. */
  #unquoted(bytes: Uint8Array, at: number, end: number, lineStart: number): { content: Uint8Array; stop: number } {
    const content: number[] = [];
    let stop = at + 1;
    for (; stop < end && (bytes[stop] !== QUOTE || (stop + 1 < end && bytes[stop + 1] === QUOTE)); stop++) {
      if (bytes[stop] === QUOTE) stop++;
      content.push(bytes[stop]!);
    }
    const isClosed = stop < end && (stop + 1 === end || this.#separates(bytes, stop + 1));
    if (!isClosed) throw this.#errors.unclosed(this.#line, at - lineStart + 1, bytes.subarray(at, end));
    return { content: Uint8Array.from(content), stop: stop + 1 };
  }

  #push(): void {
    if (this.#plan!.hasFinishRate && !this.#takeFinishRate()) return;
    const rows = this.#rows;
    const { users, items } = this.#numbering;
    rows.users.push(users.number(this.#userBytes, this.#userStart, this.#userEnd));
    rows.items.push(items.number(this.#itemBytes, this.#itemStart, this.#itemEnd));
    rows.ratings?.push(this.#rating);
    rows.timestamps?.push(this.#timestamp * this.#plan!.timestampScale);
    rows.labels?.push(this.#label);
  }

  #takeFinishRate(): boolean {
    if (this.#duration === 0) {
      this.#dropped++;
      return false;
    }
    const rate = this.#played / this.#duration;
    if (rate > 1) this.#clipped++;
    this.#rating = Math.min(1, rate);
    return true;
  }
}
