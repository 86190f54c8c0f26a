const ZERO = 48;
const NINE = 57;
const DOT = 46;
const MINUS = 45;
/** Up to here an integer is exact as a float64, so that one division rounds correctly. */
const EXACT = Number.MAX_SAFE_INTEGER;
const POWERS = Float64Array.from({ length: 23 }, (_, k) => 10 ** k);
const WRITTEN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The number that `bytes[start .. end)` spells in decimal, NaN where it spells none. The same as `Number` of that text. */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  const first = at;
  let mantissa = 0;
  let decimals = -1;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= ZERO && byte <= NINE) {
      mantissa = mantissa * 10 + (byte - ZERO);
      if (decimals >= 0) decimals++;
    } else if (byte === DOT && decimals < 0 && at > first) decimals = 0;
    else return parseSlowly(bytes, start, end);
  }
  if (at === first) return Number.NaN;
  if (mantissa > EXACT || decimals >= POWERS.length) return parseSlowly(bytes, start, end);
  const value = decimals > 0 ? mantissa / POWERS[decimals]! : mantissa;
  return first > start ? -value : value;
}

function parseSlowly(bytes: Uint8Array, start: number, end: number): number {
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, end));
  return WRITTEN.test(text) ? Number(text) : Number.NaN;
}

/** The whole number in [0, 2³¹) that `bytes[start .. end)` spells in digits alone, −1 where it spells none. */
export function parseIndex(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start || end - start > 10) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value < 0x8000_0000 ? value : -1;
}
