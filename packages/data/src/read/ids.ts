const encoder = new TextEncoder();
const EMPTY = -1;
const ZERO = 48;
/** Ids of up to this many bytes are compared as two words, without a look at the arena. */
const SHORT = 7;
const WORDS = 3; // words a slot: key low, key high, number

/**
 * Numbers external ids 0, 1, 2 ... in the order in which they first come. Takes them as bytes, so that reading a file
 * makes no string a line. Whole numbers of up to seven digits are looked up by value. For all others the bytes of
 * distinct ids lie one after the other in an arena and are found through an open-addressing hash table, whose slots
 * hold the bytes themselves where they are few:
 *
 *     slots:  [ a l i c | e 0 0 5 | 1 ]  [ hash | 0xff... | 2 ] ...     key low, key high, number
 *     arena:    1 9 6  a l i c e  a-much-longer-id
 *     starts: [ 0      3          8               ]                     where id k begins
 */
export class IdIndex {
  #count = 0;
  #arena = new Uint8Array(1 << 12);
  #starts = new Int32Array(1 << 8);
  #direct = new Int32Array(1 << 10).fill(EMPTY);
  #slots = emptySlots(1 << 9);
  #hashed = 0; // slots in use

  get size(): number {
    return this.#count;
  }

  /** The number of the id that `bytes[start .. end)` spells, a new one where it is new. */
  number(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length > SHORT) return this.#lookUp(fnv1a(bytes, start, end), 0xff00_0000 | length, bytes, start, end);
    let value = 0;
    let at = start;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    const isPlain = at === end && (bytes[start] !== ZERO || length === 1);
    if (isPlain && length > 0) return this.#byValue(value, bytes, start, end);
    return this.#lookUp(word(bytes, start, end), word(bytes, start + 4, end) | (length << 24), bytes, start, end);
  }

  numberOf(id: string): number {
    const bytes = encoder.encode(id);
    return this.number(bytes, 0, bytes.length);
  }

  /** The ids by number. */
  names(): string[] {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const of = (k: number) => decoder.decode(this.#arena.subarray(this.#starts[k]!, this.#starts[k + 1]!));
    return Array.from({ length: this.#count }, (_, k) => of(k));
  }

  #byValue(value: number, bytes: Uint8Array, start: number, end: number): number {
    if (value >= this.#direct.length) this.#direct = grown(this.#direct, value + 1, EMPTY);
    const known = this.#direct[value]!;
    if (known !== EMPTY) return known;
    this.#direct[value] = this.#count;
    return this.#append(bytes, start, end);
  }

  #lookUp(low: number, high: number, bytes: Uint8Array, start: number, end: number): number {
    if (this.#hashed * WORDS * 2 >= this.#slots.length) this.#enlarge();
    const slots = this.#slots;
    const mask = slots.length / WORDS - 1;
    for (let slot = mix(low, high) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * WORDS;
      const number = slots[at + 2]!;
      if (number === EMPTY) {
        this.#hashed++;
        slots[at] = low;
        slots[at + 1] = high;
        slots[at + 2] = this.#count;
        return this.#append(bytes, start, end);
      }
      if (slots[at] === (low | 0) && slots[at + 1] === (high | 0)) {
        if (end - start <= SHORT || this.#isAt(number, bytes, start, end)) return number;
      }
    }
  }

  #isAt(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#starts[number]!;
    if (this.#starts[number + 1]! - from !== end - start) return false;
    for (let k = start; k < end; k++) if (this.#arena[from + k - start] !== bytes[k]) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number): number {
    const number = this.#count++;
    const from = this.#starts[number]!;
    const to = from + end - start;
    if (to > this.#arena.length) this.#arena = grown(this.#arena, to, 0);
    if (number + 2 > this.#starts.length) this.#starts = grown(this.#starts, number + 2, 0);
    for (let k = start; k < end; k++) this.#arena[from + k - start] = bytes[k]!;
    this.#starts[number + 1] = to;
    return number;
  }

  #enlarge(): void {
    const old = this.#slots;
    const slots = emptySlots((old.length / WORDS) * 4);
    const mask = slots.length / WORDS - 1;
    for (let from = 0; from < old.length; from += WORDS) {
      if (old[from + 2] === EMPTY) continue;
      let slot = mix(old[from]!, old[from + 1]!) & mask;
      while (slots[slot * WORDS + 2] !== EMPTY) slot = (slot + 1) & mask;
      slots.set(old.subarray(from, from + WORDS), slot * WORDS);
    }
    this.#slots = slots;
  }
}

function emptySlots(count: number): Int32Array {
  return new Int32Array(count * WORDS).fill(EMPTY);
}

/** Up to four bytes from `at` on, little-endian; 0 beyond `end`. */
function word(bytes: Uint8Array, at: number, end: number): number {
  let bits = 0;
  for (let k = 0; k < 4 && at + k < end; k++) bits |= bytes[at + k]! << (8 * k);
  return bits;
}

function mix(low: number, high: number): number {
  let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function fnv1a(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let k = start; k < end; k++) hash = Math.imul(hash ^ bytes[k]!, 0x01000193);
  return hash;
}

function grown<A extends Uint8Array | Int32Array>(values: A, least: number, fill: number): A {
  let length = values.length;
  while (length < least) length *= 2;
  const larger = new (values.constructor as new (length: number) => A)(length);
  larger.set(values as never);
  if (fill !== 0) larger.fill(fill, values.length);
  return larger;
}
