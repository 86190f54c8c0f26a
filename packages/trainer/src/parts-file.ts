import {
  type Dataset,
  type Interactions,
  type LabelledPairs,
  type NamedArray,
  type NamedArrays,
  sha256,
} from '@losslab/core';
import { arraysOf, joinArrays } from './arrays.ts';
import { badFile } from './bad-file.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

/** What of a data set a run's folder keeps. */
export type Parts = Pick<Dataset, 'train' | 'valid' | 'test' | 'falsePositives' | 'labelled'>;

const names = ['train', 'valid', 'test', 'falsePositives'] as const;
const labelledNames = ['train', 'valid', 'test'] as const;

/** SHA-256 of who is with what in which part. */
export function splitChecksum(parts: Parts): string {
  const hash = sha256();
  for (const piece of encodeParts(parts)) hash.update(piece);
  return hash.digest('hex');
}

/** SHA-256 of who is with what in the test part. */
export function testChecksum({ train, test, labelled }: Parts): string {
  const pairs = labelled && pairArrays(labelled.test);
  const arrays = joinArrays({ test: interactionArrays(test), labelled: pairs });
  const hash = sha256();
  for (const piece of encodeSafetensors(arrays, { itemCount: String(train.itemCount) })) hash.update(piece);
  return hash.digest('hex');
}

/** The parts as a safetensors file. */
export function encodeParts(parts: Parts): Uint8Array[] {
  const interactions = names.map((name) => [name, parts[name] && interactionArrays(parts[name])] as const);
  const labelled = labelledNames.map(
    (name) => [`labelled/${name}`, parts.labelled?.[name] && pairArrays(parts.labelled[name])] as const,
  );
  const arrays = joinArrays(Object.fromEntries([...interactions, ...labelled]));
  return encodeSafetensors(arrays, { itemCount: String(parts.train.itemCount) });
}

/** @throws LosslabError `bad-run` where it is no such file. */
export function decodeParts(bytes: Uint8Array, path: string): Parts {
  const { arrays, metadata } = decodeSafetensors(bytes, path);
  const [train, valid, test, falsePositives] = names.map((name) =>
    interactionsOf(arraysOf(arrays, name), Number(metadata.itemCount)),
  );
  if (train === undefined || test === undefined) throw badFile(path, 'train and test', Object.keys(arrays).join(', '));
  const [known, checked, final] = labelledNames.map((name) => pairsOf(arraysOf(arrays, `labelled/${name}`)));
  const labelled = known && final && { train: known, ...(checked && { valid: checked }), test: final };
  return {
    train,
    ...(valid && { valid }),
    test,
    ...(falsePositives && { falsePositives }),
    ...(labelled && { labelled }),
  };
}

function column(data: NamedArray['data']): NamedArray {
  return { shape: [data.length], data };
}

function interactionArrays({ indptr, indices }: Interactions): NamedArrays {
  return { indptr: column(indptr), indices: column(indices) };
}

function interactionsOf(arrays: NamedArrays, itemCount: number): Interactions | undefined {
  const [indptr, indices] = [arrays.indptr?.data, arrays.indices?.data];
  if (!(indptr instanceof Int32Array) || !(indices instanceof Int32Array)) return undefined;
  return { userCount: indptr.length - 1, itemCount, indptr, indices };
}

function pairArrays({ users, items, labels }: LabelledPairs): NamedArrays {
  return { users: column(users), items: column(items), labels: column(labels) };
}

function pairsOf(arrays: NamedArrays): LabelledPairs | undefined {
  const [users, items, labels] = [arrays.users?.data, arrays.items?.data, arrays.labels?.data];
  const isWhole = users instanceof Int32Array && items instanceof Int32Array && labels instanceof Float32Array;
  return isWhole ? { users, items, labels } : undefined;
}
