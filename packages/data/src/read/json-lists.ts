import { malformed } from '../errors.ts';
import { type GivenNumbering, type ReadRows, RowCollector } from './rows.ts';
import type { Source } from './source.ts';

const OPEN = 91;
const CLOSE = 93;
const COMMA = 44;
const NEWLINE = 10;
const MARK = [0xef, 0xbb, 0xbf];
const isSpace = (byte: number) => byte === 32 || byte === NEWLINE || byte === 13 || byte === 9;
const isDigit = (byte: number) => byte >= 48 && byte <= 57;

/** What may come next; the array of users is outer, those of items are inner. */
type State = 'outer' | 'user' | 'firstUser' | 'afterUser' | 'firstItem' | 'item' | 'digits' | 'afterItem' | 'end';

const WANTED: Readonly<Record<State, string>> = {
  outer: '"[" (an array of arrays of item numbers)',
  firstUser: '"[" or "]"',
  user: '"["',
  afterUser: '"," or "]"',
  firstItem: 'an item number or "]"',
  item: 'an item number',
  digits: 'a digit, "," or "]"',
  afterItem: '"," or "]"',
  end: 'nothing more',
};

/** Reads `[[item, item], [item], ...]`, user k's items in the k-th array, as one pass over the bytes. */
export async function readJsonLists(source: Source, numbering: GivenNumbering): Promise<ReadRows> {
  const scanner = new ListScanner(source.path, numbering);
  for await (const chunk of source.chunks) scanner.scan(chunk);
  return { rows: scanner.finish(), notes: [] };
}

class ListScanner {
  #state: State = 'outer';
  #user = -1;
  #value = 0;
  #line = 1;
  #lineStart = 0; // in bytes of the file
  #position = 0;
  readonly #rows = new RowCollector();
  readonly #path: string;
  readonly #numbering: GivenNumbering;

  constructor(path: string, numbering: GivenNumbering) {
    this.#path = path;
    this.#numbering = numbering;
  }

  scan(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (this.#state === 'outer' && byte === MARK[this.#position]) this.#lineStart++;
      else this.#take(byte);
      this.#position++;
      if (byte === NEWLINE) {
        this.#line++;
        this.#lineStart = this.#position;
      }
    }
  }

  finish() {
    if (this.#state !== 'end') throw this.#error('the end of the file');
    return this.#rows.finish();
  }

  #take(byte: number): void {
    if (isDigit(byte) && this.#takeDigit(byte - 48)) return;
    if (this.#state === 'digits') {
      this.#push();
      this.#state = 'afterItem';
    }
    if (isSpace(byte)) return;
    const next = this.#next(byte);
    if (next === undefined) throw this.#error(JSON.stringify(String.fromCharCode(byte)));
    this.#state = next;
  }

  #takeDigit(digit: number): boolean {
    if (this.#state === 'firstItem' || this.#state === 'item') this.#value = digit;
    else if (this.#state === 'digits') this.#value = this.#value * 10 + digit;
    else return false;
    if (this.#value >= 0x8000_0000) throw this.#error(`${this.#value}`);
    this.#state = 'digits';
    return true;
  }

  #next(byte: number): State | undefined {
    const state = this.#state;
    if (byte === OPEN && state === 'outer') return 'firstUser';
    if (byte === OPEN && (state === 'firstUser' || state === 'user')) {
      this.#numbering.see(++this.#user, -1);
      return 'firstItem';
    }
    if (byte === CLOSE && (state === 'firstItem' || state === 'afterItem')) return 'afterUser';
    if (byte === CLOSE && (state === 'firstUser' || state === 'afterUser')) return 'end';
    if (byte === COMMA && state === 'afterItem') return 'item';
    if (byte === COMMA && state === 'afterUser') return 'user';
    return undefined;
  }

  #push(): void {
    this.#rows.users.push(this.#user);
    this.#rows.items.push(this.#value);
    this.#numbering.see(this.#user, this.#value);
  }

  #error(got: string) {
    const place = { path: this.#path, line: this.#line, column: this.#position - this.#lineStart + 1 };
    return malformed(place, WANTED[this.#state], got, 'mend the file, or say another format');
  }
}
