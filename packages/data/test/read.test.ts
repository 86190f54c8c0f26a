import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Format, type ReadOptions, readFiles } from '../src/index.ts';
import { readDelimited } from '../src/read/delimited.ts';
import { FORMATS } from '../src/read/format.ts';
import { readJsonLists } from '../src/read/json-lists.ts';
import { readLightGcn } from '../src/read/lightgcn.ts';
import { GivenNumbering, NamedNumbering } from '../src/read/rows.ts';
import { fileWith, folderWith } from './folder.ts';

/** Reads one file; rows come back with external ids. */
async function read(name: string, content: string | Uint8Array, options?: ReadOptions) {
  const { files, ids } = await readFiles([fileWith(name, content)], options);
  const { users, items, ratings, timestamps, labels } = files[0]!.rows;
  return Array.from(users, (user, row) => [
    ids.users[user],
    ids.items[items[row]!],
    ...[ratings, timestamps, labels].filter((column) => column !== undefined).map((column) => column[row]),
  ]);
}

describe('formats', () => {
  const three = [
    ['196', '242', 3, 881250949],
    ['186', '302', 3.5, 891717742],
    ['196', '302', 1, 5],
  ];
  test.each([
    ['u.data', '196\t242\t3\t881250949\n186\t302\t3.5\t891717742\n196\t302\t1\t5\n'],
    ['ratings.dat', '196::242::3::881250949\n186::302::3.5::891717742\n196::302::1::5\n'],
    ['ratings.csv', 'userId,movieId,rating,timestamp\n196,242,3,881250949\n186,302,3.5,891717742\n196,302,1,5\n'],
    [
      'x.inter',
      'user_id:token\titem_id:token\trating:float\ttimestamp:float\n196\t242\t3\t881250949\n186\t302\t3.5\t891717742\n196\t302\t1\t5\n',
    ],
    ['x.txt', 'user item rating timestamp\n196 242 3 881250949\n186 302 3.5 891717742\n196 302 1 5\n'],
    [
      'x.jsonl',
      '{"user":196,"item":"242","rating":3,"timestamp":881250949}\n{"user":"186","item":302,"rating":3.5,"timestamp":891717742}\n{"user":196,"item":302,"rating":1,"timestamp":5}\n',
    ],
  ])('%s is told by its name or first lines', async (name, content) => {
    expect(await read(name, content)).toEqual(three);
  });

  test('LightGCN text and JSON lists are numbered by their own numbers, holes and users without items included', async () => {
    const rows = [
      ['0', '3'],
      ['0', '1'],
      ['2', '0'],
    ];
    expect(await read('train.txt', '0 3 1\n2 0 \n4\n')).toEqual(rows);
    const { userCount, itemCount, ids } = await readFiles([fileWith('train.txt', '0 3 1\n2 0\n4\n')]);
    expect([userCount, itemCount, ids.users]).toEqual([5, 4, ['0', '1', '2', '3', '4']]);
    expect(await read('train.json', '[[3, 1],\n [], [0]]\n')).toEqual(rows);
  });

  test('parts share their numbering, and a registry may know of more', async () => {
    const folder = folderWith({
      'train.txt': '0 1\n',
      'test.txt': '3 5\n',
      'a.csv': 'u,i\na,x\n',
      'b.csv': 'b,x\na,y\n',
    });
    const given = await readFiles([`${folder}/train.txt`, `${folder}/test.txt`], {
      format: 'lightgcn',
      least: { items: 9 },
    });
    expect([given.userCount, given.itemCount]).toEqual([4, 9]);
    const columns = { user: 0, item: 1 };
    const named = await readFiles([`${folder}/a.csv`, `${folder}/b.csv`], { columns });
    expect(named.ids).toEqual({ users: ['u', 'a', 'b'], items: ['i', 'x', 'y'] });
    expect(Array.from(named.files[1]!.rows.users)).toEqual([2, 1]);
  });

  test('labels are told from LightGCN text', async () => {
    expect(await read('train.txt', '543 1953 1.00\n341 326 0.00\n')).toEqual([
      ['543', '1953', 1],
      ['341', '326', 0],
    ]);
    expect(await read('train.txt', '1 5 1\n1 6 0\n')).toEqual([
      ['1', '5', 1],
      ['1', '6', 0],
    ]);
  });

  test('columns are taken by name or position', async () => {
    const csv = 'when,who,what,score\n5000,ann,"a ""b"", c",1e1\n';
    const columns = { user: 'who', item: 'what', rating: 'score', timestamp: 'when', timestampUnit: 'ms' } as const;
    expect(await read('x.csv', csv, { columns })).toEqual([['ann', 'a "b", c', 10, 5]]);
    expect(await read('x.tsv', 'q\tann\tz\tz\tz\tapple\n', { columns: { user: 1, item: 5 } })).toEqual([
      ['ann', 'apple'],
    ]);
    const format: Format = { kind: 'delimited', separator: ';', header: 'no', columns: { user: 1, item: 0 } };
    expect(await read('x.txt', 'apple;ann\n', { format })).toEqual([['ann', 'apple']]);
    const keys = { user: 'who', item: 'what' };
    expect(await read('x.jsonl', '{"who":"ann","what":"apple"}', { columns: keys })).toEqual([['ann', 'apple']]);
  });

  test('finish rates are clipped and rows of duration 0 dropped, with their ids, and both counted', async () => {
    const path = fileWith('x.tsv', 'user\titem\tplayed\tlong\na\tx\t30\t60\nb\tx\t5\t0\na\ty\t90\t60\n');
    const columns = { user: 'user', item: 'item', finishRate: { played: 'played', duration: 'long' } };
    const { files, ids } = await readFiles([path], { columns });
    expect(Array.from(files[0]!.rows.ratings!)).toEqual([0.5, 1]);
    expect(ids.users).toEqual(['a']);
    expect(files[0]!.notes).toEqual(['1 finish rates over 1 were clipped to 1.', '1 rows of duration 0 were dropped.']);
  });
});

describe('shapes of text', () => {
  const rows = [
    ['ann', 'x', 1],
    ['bob', 'y', 2],
  ];
  test.each([
    ['plain', 'user,item,rating\nann,x,1\nbob,y,2\n'],
    ['CRLF', 'user,item,rating\r\nann,x,1\r\nbob,y,2\r\n'],
    ['a byte order mark', '\ufeffuser,item,rating\nann,x,1\nbob,y,2\n'],
    ['no final newline', 'user,item,rating\nann,x,1\nbob,y,2'],
    ['blank lines', 'user,item,rating\n\nann,x,1\n\r\nbob,y,2\n\n'],
    ['quotes', '"user","item","rating"\n"ann",x,"1"\nbob,"y",2\n'],
    ['all of them', '\ufeff"user",item,rating\r\n\r\nann,"x",1\r\nbob,y,2'],
  ])('%s', async (_, text) => {
    expect(await read('x.csv', text)).toEqual(rows);
    expect(await read('x.csv.gz', gzipSync(text))).toEqual(rows);
    expect(await read('x.csv', gzipSync(text))).toEqual(rows); // gzip is told by its bytes
  });

  test('LightGCN text and JSON lists take CRLF, a byte order mark and a missing final newline', async () => {
    expect(await read('x.txt', '\ufeff0 3 1\r\n1 0')).toEqual([
      ['0', '3'],
      ['0', '1'],
      ['1', '0'],
    ]);
    expect(await read('x.json', '\ufeff[[3,1],\r\n[0]]')).toEqual([
      ['0', '3'],
      ['0', '1'],
      ['1', '0'],
    ]);
  });

  test('wherever the chunks of a file end, its rows are the same', async () => {
    const cases = [
      [FORMATS.csv, '\ufeffuser,item,rating\r\nänn,"x,1",1.5\nbob,y,-2\r\n\nann,x,3'],
      [FORMATS['movielens-1m'], '1::2::3::4\r\n55:5::6::7::8\n'],
      [FORMATS.lightgcn, '\ufeff0 31 1\r\n12 0 5 \n3'],
      [FORMATS['json-lists'], '\ufeff[[31, 1],\n[], [0]]\n'],
    ] as const;
    for (const [format, text] of cases) {
      const bytes = new TextEncoder().encode(text);
      const rowsOf = async (cuts: number[]) => {
        const ends = [...cuts, bytes.length];
        const chunks = ends.map((end, k) => bytes.subarray(k === 0 ? 0 : ends[k - 1]!, end));
        const source = { path: 'x', chunks: inOrder(chunks), sha256: () => '' };
        if (format.kind === 'delimited') return (await readDelimited(source, format, new NamedNumbering())).rows;
        const read = format.kind === 'lightgcn' ? readLightGcn : readJsonLists;
        return (await read(source, new GivenNumbering())).rows;
      };
      const whole = await rowsOf([]);
      expect(whole.users.length).toBeGreaterThan(1);
      const cuts = fc.array(fc.nat(bytes.length), { maxLength: 6 }).map((at) => at.sort((a, b) => a - b));
      await fc.assert(
        fc.asyncProperty(cuts, async (at) => {
          expect(await rowsOf(at)).toEqual(whole);
        }),
      );
    }
  });
});

async function* inOrder(chunks: readonly Uint8Array[]) {
  yield* chunks;
}
