type Numbers = Int32Array | Float32Array | Float64Array;

/** A column that grows by doubling. Its first `length` values are meant; `finish` cuts the rest off. */
export class Column<A extends Numbers> {
  length = 0;
  #values: A;
  readonly #make: (length: number) => A;

  constructor(make: (length: number) => A, capacity = 1024) {
    this.#make = make;
    this.#values = make(capacity);
  }

  push(value: number): void {
    if (this.length === this.#values.length) this.#grow();
    this.#values[this.length++] = value;
  }

  #grow(): void {
    const larger = this.#make(this.#values.length * 2);
    larger.set(this.#values as never);
    this.#values = larger;
  }

  /** A copy of exactly `length` values; the column is empty afterwards. */
  finish(): A {
    const values = this.#values.slice(0, this.length) as A;
    this.#values = this.#make(0);
    this.length = 0;
    return values;
  }
}

export const int32Column = (): Column<Int32Array> => new Column((length) => new Int32Array(length));
export const float32Column = (): Column<Float32Array> => new Column((length) => new Float32Array(length));
export const float64Column = (): Column<Float64Array> => new Column((length) => new Float64Array(length));
