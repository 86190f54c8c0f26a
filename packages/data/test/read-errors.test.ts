import { gzipSync } from 'node:zlib';
import { LosslabError } from '@losslab/core';
import { describe, expect, test } from 'vitest';
import { type ReadOptions, readFiles } from '../src/index.ts';
import { fileWith, folderWith } from './folder.ts';

/** The message of the error that reading a file ends in, the file's path cut to its name. */
async function refusal(name: string, content: string | Uint8Array, options?: ReadOptions): Promise<string> {
  const path = fileWith(name, content);
  const error = await readFiles([path], options).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(LosslabError);
  expect((error as LosslabError).message).not.toContain('\n');
  return (error as LosslabError).message.replaceAll(path, name);
}

const LINE = 'mend the line, or say another format or its columns';

describe('a malformed line is named by file, line and column', () => {
  test.each([
    [
      'too few columns',
      'u.data',
      '1\t2\t3\t4\n1\t2\t3\n',
      `u.data:2:6: expected 4 columns separated by tab, got 3; ${LINE}`,
    ],
    [
      'too many columns',
      'x.csv',
      'user,item\na,b\n\na,b,c\n',
      `x.csv:4:5: expected 2 columns separated by comma, got "c" after them; ${LINE}`,
    ],
    [
      'no number',
      'x.csv',
      'user,item,rating\na,b,good\n',
      `x.csv:2:5: expected a number (rating), got "good"; ${LINE}`,
    ],
    ['an empty number', 'x.csv', 'user,item,rating\na,b,\n', `x.csv:2:5: expected a number (rating), got ""; ${LINE}`],
    ['no id', 'x.csv', 'user,item,rating\r\na,,1\r\n', `x.csv:2:3: expected an id (item), got nothing; ${LINE}`],
    [
      'an open quote',
      'x.csv',
      'user,item\na,"b\n',
      'x.csv:2:3: expected a field that ends with its closing quote, got "\\"b"; mend the line',
    ],
    [
      'text after a quote',
      'x.csv',
      'user,item\na,"b"c\n',
      'x.csv:2:3: expected a field that ends with its closing quote, got "\\"b\\"c"; mend the line',
    ],
    ['no label', 'x.txt', '1 2 1\n1 3 0\n2 3 2\n', `x.txt:3:5: expected a label 0 or 1, got "2"; ${LINE}`, 'labels'],
    [
      'two separators',
      'ratings.dat',
      '1::2::3::4\n1:2::3::4\n',
      `ratings.dat:2:10: expected 4 columns separated by "::", got 3; ${LINE}`,
    ],
    [
      'no whole number',
      'train.txt',
      '0 1 2\n1 2 x7 3\n',
      'train.txt:2:5: expected a whole number below 2³¹ (LightGCN text), got "x7"; mend the line, or say another format',
      'lightgcn',
    ],
    [
      'two spaces',
      'train.txt',
      '0 1  2\n',
      'train.txt:1:5: expected a whole number below 2³¹ (LightGCN text), got ""; mend the line, or say another format',
      'lightgcn',
    ],
    [
      'a user twice',
      'train.txt',
      '0 1\n3 2\n0 2\n',
      'train.txt:3:1: expected one line a user (LightGCN text), got user 0 again, who stands on line 1; say another format, such as spaces',
      'lightgcn',
    ],
    [
      'a string in a list',
      'x.json',
      '[[1, 2],\n [3, "4"]]',
      'x.json:2:6: expected an item number, got "\\""; mend the file, or say another format',
    ],
    [
      'a list cut short',
      'x.json',
      '[[1, 2], [3',
      'x.json:1:12: expected a digit, "," or "]", got the end of the file; mend the file, or say another format',
    ],
    [
      'two numbers without a comma',
      'x.json',
      '[[1 2]]',
      'x.json:1:5: expected "," or "]", got "2"; mend the file, or say another format',
    ],
    [
      'no object',
      'x.jsonl',
      '{"user":1,"item":2}\n[1,2]\n',
      'x.jsonl:2:1: expected a JSON object, got "[1,2]"; mend the line, or say another format',
    ],
    [
      'a missing key',
      'x.jsonl',
      '{"user":1,"item":2}\n{"user":1}\n',
      'x.jsonl:2:1: expected an id in "item", got nothing; mend the line',
    ],
  ])('%s', async (_, name, content, message, format?: string) => {
    expect(await refusal(name, content, { format })).toBe(`[data] ${message}`);
    expect(await refusal(name, gzipSync(content), { format })).toBe(`[data] ${message}`);
  });
});

describe('a file in another format than said is refused', () => {
  test.each([
    [
      'u.data',
      '1\t2\t3\t4\n',
      'lightgcn',
      'x:1:1: expected a whole number below 2³¹ (LightGCN text), got "1\\t2\\t3\\t4"; mend the line, or say another format',
    ],
    [
      'labels',
      '543 1953 1.00\n',
      'lightgcn',
      'x:1:10: expected a whole number below 2³¹ (LightGCN text), got "1.00"; mend the line, or say another format',
    ],
    [
      'LightGCN text',
      '0 1 2\n',
      'movielens-100k',
      'x:1:1: expected a column 1 (item, counted from 0), got 1 in all; check the format and its columns',
    ],
    [
      'TSV',
      'user\titem\n1\t2\n',
      'recbole',
      'x:1:1: expected a RecBole header like "user_id:token", got "user"; say another format, such as tsv',
    ],
    [
      'CSV',
      'a,b\n1,2\n',
      'movielens-csv',
      'x:1:1: expected a column named "userId" for user, got "a b"; check the format and its columns',
    ],
    [
      'another header',
      'user,item\n1,2\n',
      'movielens-csv',
      'x:1:1: expected a column named "userId" for user, got "user item"; did you mean "user"?',
    ],
    [
      'CSV',
      'a,b\n',
      'json-lists',
      'x:1:1: expected "[" (an array of arrays of item numbers), got "a"; mend the file, or say another format',
    ],
    [
      'one word',
      'hello\n',
      'csv',
      'x:1:1: expected at least a user and an item on a line, got "hello"; say another format',
    ],
    [
      'five columns',
      '1,2,3,4,5\n',
      'csv',
      'x:1:1: expected at most four columns without a header, got 5; say which columns to take',
    ],
  ])('%s', async (_, content, format, message) => {
    expect(await refusal('x', content, { format })).toBe(`[data] ${message}`);
  });

  test('what no reader takes is told by its first bytes', async () => {
    const bytes = (...head: number[]) => Uint8Array.from([...head, 1, 2, 3]);
    expect(await refusal('x', bytes(0x50, 0x4b, 3, 4))).toMatch(
      /expected text or gzip in x, got a zip archive; unpack it/,
    );
    expect(await refusal('x', bytes(0x50, 0x41, 0x52, 0x31))).toMatch(/expected a whole Parquet file/);
    expect(await refusal('x', bytes(0xff, 0xfe))).toMatch(/expected UTF-8 text in x, got UTF-16; save it as UTF-8/);
  });

  test('an unknown format names the nearest', async () => {
    expect(await refusal('x', 'a\n', { format: 'lightgnc' })).toMatch(/got "lightgnc"; did you mean "lightgcn"\?/);
  });

  test('columns and a format that has none', async () => {
    const options = { format: 'lightgcn', columns: { user: 0, item: 1 } };
    expect(await refusal('x', '0 1\n', options)).toMatch(
      /expected no columns for x \(lightgcn\), got some; leave them out/,
    );
  });

  test('parts of two kinds', async () => {
    const folder = folderWith({ 'train.txt': '0 1 2\n1 5\n', 'test.csv': 'user,item\n1,2\n' });
    await expect(readFiles([`${folder}/train.txt`, `${folder}/test.csv`])).rejects.toThrow(
      /one numbering in .*got lightgcn and delimited/,
    );
  });
});

describe('no interactions', () => {
  test('an empty file', async () => {
    expect(await refusal('x.txt', '')).toBe(
      '[data] expected interactions in x.txt, got an empty file; get it again, or name another file',
    );
    expect(await refusal('x.csv', '\n\n')).toBe(
      '[data] expected interactions in x.csv, got none; get it again, or name another file',
    );
    expect(await refusal('x.csv', 'user,item\n')).toMatch(/got none/);
    expect(await refusal('x.json', '')).toMatch(/x.json:1:1: expected "\[".*got the end of the file/);
  });

  test('a missing file and a folder', async () => {
    const folder = folderWith();
    await expect(readFiles([`${folder}/x.csv`])).rejects.toThrow(
      /expected a file at .*x.csv, got no such file; check the path/,
    );
    await expect(readFiles([folder], { format: 'csv' })).rejects.toThrow(/got something else; name a file in it/);
  });

  test('gzip that is cut short or damaged', async () => {
    const packed = gzipSync(Array.from({ length: 5000 }, (_, k) => `${k},${k * 7}\n`).join(''));
    expect(await refusal('x.csv.gz', packed.subarray(0, packed.length / 2))).toBe(
      '[data] expected a whole gzip file at x.csv.gz, got one that is cut short; get it again',
    );
    packed.fill(0x55, 100, 140);
    expect(await refusal('x.csv.gz', packed)).toMatch(
      /expected a gzip file at x.csv.gz, got damaged data \(Z_DATA_ERROR\)/,
    );
  });
});

test('an aborted read ends as interrupted', async () => {
  const path = fileWith('x.csv', 'user,item\n1,2\n');
  const reading = readFiles([path], { signal: AbortSignal.abort() });
  await expect(reading).rejects.toMatchObject({ code: 'interrupted' });
});

test('an abort in the middle of a file too', async () => {
  const path = fileWith('x.csv', 'user,item\n1,2\n'.repeat(200_000));
  const controller = new AbortController();
  const reading = readFiles([path], {
    format: { kind: 'delimited', separator: ',', header: 'no' },
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(reading).rejects.toMatchObject({ code: 'interrupted' });
});

test('reading tells how far it is', async () => {
  const text = Array.from({ length: 150_000 }, (_, k) => `${k % 100},${k}\n`).join('');
  const seen: number[] = [];
  await readFiles([fileWith('x.csv', text)], { onProgress: ({ done, total }) => seen.push(done / total!) });
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.at(-1)).toBe(1);
});
