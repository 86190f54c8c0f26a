import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EpochRecord, type NamedArrays, sha256 } from '@losslab/core';
import { badFile, parseJson } from './bad-file.ts';
import { isLeftOver, readWhole, writeWhole } from './files.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

/*
 * A checkpoint is checkpoint.json and the weight files that it names. Weight files are never written over: new ones come
 * first, then checkpoint.json is replaced, then what it no longer names goes. So whenever the process dies, there is
 * one whole checkpoint, the old or the new.
 */

/** Where training stands, all but weights. */
export interface Progress {
  /** Finished epochs; the one in progress is `curve.length + 1`. */
  readonly curve: readonly EpochRecord[];
  /** Steps done in the epoch in progress, the sum of their losses and their seconds. */
  readonly step: number;
  readonly lossSum: number;
  readonly epochSeconds: number;
  readonly counts?: Readonly<Record<string, number>>;
  /** Of the whole run. */
  readonly steps: number;
  readonly seconds: { readonly train: number; readonly evaluate: number };
  readonly millisecondsPerStep?: number;
}

export interface Weights {
  readonly epoch: number;
  readonly arrays: NamedArrays;
}

export interface Checkpoint {
  readonly progress: Progress;
  /** Parameters, moments, clocks, states of samplers and of the procedure. Absent for fitted models. */
  readonly last?: NamedArrays;
  /** The model's parameters at its best epoch. */
  readonly best?: Weights;
}

interface FileReference {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

interface Stored extends Progress {
  readonly format: typeof format;
  readonly last?: FileReference;
  readonly best?: FileReference & { readonly epoch: number };
}

const format = 'losslab-checkpoint/1';
const indexFile = 'checkpoint.json';

/** The checkpoint folder of a run. */
export class CheckpointStore {
  readonly dir: string;
  #best: Stored['best'];

  constructor(dir: string) {
    this.dir = dir;
  }

  isEmpty(): boolean {
    return !existsSync(join(this.dir, indexFile));
  }

  /** @returns the path of the checkpoint. @throws LosslabError `bad-run`; the checkpoint before it is then whole. */
  save({ progress, last, best }: Checkpoint): string {
    const name = `last-${progress.curve.length}-${progress.step}.safetensors`;
    const lastReference = last && this.#write(name, last);
    if (best && best.epoch !== this.#best?.epoch) {
      this.#best = { epoch: best.epoch, ...this.#write(`best-${best.epoch}.safetensors`, best.arrays) };
    }
    const stored: Stored = {
      format,
      ...progress,
      ...(lastReference && { last: lastReference }),
      ...(this.#best && { best: this.#best }),
    };
    const index = join(this.dir, indexFile);
    writeWhole(index, `${JSON.stringify(stored, undefined, 1)}\n`);
    this.#removeAllBut([indexFile, stored.last?.file, stored.best?.file]);
    return index;
  }

  /** The checkpoint, or undefined where none was saved. @throws LosslabError `bad-run` where it is cut short. */
  load(options: { bestOnly?: boolean } = {}): Checkpoint | undefined {
    const stored = this.#readIndex();
    if (stored === undefined) return undefined;
    const { last, best, format: _, ...progress } = stored;
    this.#best = best;
    return {
      progress,
      ...(last && !options.bestOnly && { last: this.#read(last) }),
      ...(best && { best: { epoch: best.epoch, arrays: this.#read(best) } }),
    };
  }

  #readIndex(): Stored | undefined {
    const path = join(this.dir, indexFile);
    const bytes = readWhole(path);
    if (bytes === undefined) return undefined;
    const stored = parseJson<Stored>(bytes, path);
    if (stored?.format !== format) throw badFile(path, format, JSON.stringify(stored?.format));
    return stored;
  }

  #write(file: string, arrays: NamedArrays): FileReference {
    const pieces = encodeSafetensors(arrays);
    writeWhole(join(this.dir, file), pieces);
    return { file, bytes: pieces.reduce((sum, piece) => sum + piece.length, 0), sha256: checksum(pieces) };
  }

  #read({ file, bytes, sha256: sum }: FileReference): NamedArrays {
    const path = join(this.dir, file);
    const content = readWhole(path);
    if (content === undefined) throw badFile(path, 'a weight file', 'none');
    if (content.length !== bytes) throw badFile(path, `${bytes} bytes`, `${content.length}`);
    if (checksum([content]) !== sum) throw badFile(path, `SHA-256 ${sum.slice(0, 12)}…`, 'another');
    return decodeSafetensors(content, path).arrays;
  }

  #removeAllBut(kept: readonly (string | undefined)[]): void {
    for (const name of readdirSync(this.dir)) {
      const ours = name.endsWith('.safetensors') || isLeftOver(name);
      if (ours && !kept.includes(name)) rmSync(join(this.dir, name), { force: true });
    }
  }
}

function checksum(pieces: readonly Uint8Array[]): string {
  const hash = sha256();
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}
