import type { LosslabError } from '@losslab/core';
import { malformed, type Place, quoted } from '../errors.ts';
import type { Role } from './plan.ts';

const NAMES: Readonly<Record<string, string>> = { '\t': 'tab', ',': 'comma', ' ': 'space' };
const OTHER_FORMAT = 'mend the line, or say another format or its columns';

/** The errors of one delimited file. */
export class FieldErrors {
  readonly #path: string;
  readonly #columns: string;

  constructor(path: string, separator: string, columnCount: number) {
    this.#path = path;
    this.#columns = `${columnCount} columns separated by ${NAMES[separator] ?? JSON.stringify(separator)}`;
  }

  tooFew(line: number, column: number, count: number): LosslabError {
    return malformed(this.#place(line, column), this.#columns, String(count), OTHER_FORMAT);
  }

  tooMany(line: number, column: number, rest: Uint8Array): LosslabError {
    return malformed(this.#place(line, column), this.#columns, `${quoted(rest)} after them`, OTHER_FORMAT);
  }

  unclosed(line: number, column: number, field: Uint8Array): LosslabError {
    const what = 'a field that ends with its closing quote';
    return malformed(this.#place(line, column), what, quoted(field), 'mend the line');
  }

  /** A field that is not what its role wants. */
  field(line: number, column: number, role: Role, content: Uint8Array): LosslabError {
    const place = this.#place(line, column);
    if (role === 'user' || role === 'item') return malformed(place, `an id (${role})`, 'nothing', OTHER_FORMAT);
    const what = role === 'label' ? 'a label 0 or 1' : `a number (${role})`;
    return malformed(place, what, quoted(content), OTHER_FORMAT);
  }

  #place(line: number, column: number): Place {
    return { path: this.#path, line, column };
  }
}
