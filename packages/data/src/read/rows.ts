import type { IdMaps } from '@losslab/core';
import { numberNames } from '../names.ts';
import { type Column, float32Column, float64Column, int32Column } from './columns.ts';
import { IdIndex } from './ids.ts';

/** The rows of one file, in its order. */
export interface Rows {
  readonly users: Int32Array; // [rows]
  readonly items: Int32Array; // [rows]
  readonly ratings?: Float32Array; // [rows]
  readonly timestamps?: Float64Array; // [rows], seconds since 1970
  readonly labels?: Float32Array; // [rows], 0 or 1
}

/** What a reader makes of a file. */
export interface ReadRows {
  readonly rows: Rows;
  /** What it did to rows, one sentence each. */
  readonly notes: readonly string[];
}

export type Value = 'ratings' | 'timestamps' | 'labels';

/** Collects rows while a file is read. */
export class RowCollector {
  readonly users: Column<Int32Array> = int32Column();
  readonly items: Column<Int32Array> = int32Column();
  readonly ratings: Column<Float32Array> | undefined;
  readonly timestamps: Column<Float64Array> | undefined;
  readonly labels: Column<Float32Array> | undefined;

  constructor(values: Iterable<Value> = []) {
    const wanted = new Set(values);
    this.ratings = wanted.has('ratings') ? float32Column() : undefined;
    this.timestamps = wanted.has('timestamps') ? float64Column() : undefined;
    this.labels = wanted.has('labels') ? float32Column() : undefined;
  }

  finish(): Rows {
    return {
      users: this.users.finish(),
      items: this.items.finish(),
      ...(this.ratings && { ratings: this.ratings.finish() }),
      ...(this.timestamps && { timestamps: this.timestamps.finish() }),
      ...(this.labels && { labels: this.labels.finish() }),
    };
  }
}

/** The numbering of users and items that the parts of a data set share. */
export interface Numbering {
  readonly userCount: number;
  readonly itemCount: number;
  ids(): IdMaps;
}

/** Numbers external ids in the order in which they first come. */
export class NamedNumbering implements Numbering {
  readonly users: IdIndex = new IdIndex();
  readonly items: IdIndex = new IdIndex();

  /** @param known ids that keep their numbers; others come after them */
  constructor(known?: IdMaps) {
    for (const id of known?.users ?? []) this.users.numberOf(id);
    for (const id of known?.items ?? []) this.items.numberOf(id);
  }

  get userCount(): number {
    return this.users.size;
  }

  get itemCount(): number {
    return this.items.size;
  }

  ids(): IdMaps {
    return { users: this.users.names(), items: this.items.names() };
  }
}

/** For formats whose numbers are the numbering itself: as many as the largest number needs, holes included. */
export class GivenNumbering implements Numbering {
  userCount: number;
  itemCount: number;

  constructor(least: { readonly users?: number; readonly items?: number } = {}) {
    this.userCount = least.users ?? 0;
    this.itemCount = least.items ?? 0;
  }

  see(user: number, item: number): void {
    if (user >= this.userCount) this.userCount = user + 1;
    if (item >= this.itemCount) this.itemCount = item + 1;
  }

  ids(): IdMaps {
    return { users: numberNames(this.userCount), items: numberNames(this.itemCount) };
  }
}
