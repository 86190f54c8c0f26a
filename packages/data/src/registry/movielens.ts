import type { RegistryEntry } from './entry.ts';

const GROUPLENS = 'https://files.grouplens.org/datasets/movielens';
const LICENCE = 'GroupLens: for research, not to be redistributed without permission';
const HOMEPAGE_100K = 'https://grouplens.org/datasets/movielens/100k/';
const HOMEPAGE_1M = 'https://grouplens.org/datasets/movielens/1m/';

/** A split that its authors publish with their code. */
const authors = (paper: string) => ({
  kind: 'manual' as const,
  from: `the repository of the authors of ${paper}`,
});

export const MOVIELENS: readonly RegistryEntry[] = [
  {
    name: 'ml-100k',
    title: 'MovieLens 100K, all ratings in one file',
    layouts: [
      { file: 'u.data', format: 'movielens-100k' },
      { file: 'ml-100k.inter', format: 'recbole' },
    ],
    fetch: {
      kind: 'zip',
      url: `${GROUPLENS}/ml-100k.zip`,
      digest: 'md5:0e33842e24a9c977be4e0107933c0723',
      members: { 'ml-100k/u.data': 'u.data' },
    },
    homepage: HOMEPAGE_100K,
    licence: LICENCE,
    expected: { users: 943, items: 1682, rows: { file: 100_000 } },
    sha256: {
      'u.data': '06416e597f82b7342361e41163890c81036900f418ad91315590814211dca490',
      'ml-100k.inter': '4edb74e2a81178c2ba9ff381495f754f996c4aea351b1272ca36b43da0935eff',
    },
  },
  {
    name: 'ml-100k-vbpr',
    title: 'MovieLens 100K, split by the Variational BPR authors',
    layouts: [{ train: 'train.tsv', test: 'test.tsv', format: 'tsv' }],
    fetch: authors('Variational BPR (arXiv 2503.11067)'),
    homepage: HOMEPAGE_100K,
    licence: LICENCE,
    expected: { users: 943, items: 1682, rows: { train: 72_404, test: 27_596 } },
    sha256: {
      'train.tsv': '91d740f9ff2ecf7987114d60abf77fe8e85208f10d83dcb9ec7691883f7ea693',
      'test.tsv': '942450aa28634899d0c50d3b6201c2a6fb0406d5e8235ea38d0a96cf66fd664e',
    },
  },
  {
    name: 'ml-1m',
    title: 'MovieLens 1M, implicit, a random 80/20 split',
    layouts: [{ train: 'train.txt', test: 'test.txt', format: 'lightgcn' }],
    fetch: { kind: 'manual', from: 'wherever you have it, or split ml-1m-ratings instead (--data ml-1m-ratings)' },
    homepage: HOMEPAGE_1M,
    licence: LICENCE,
    expected: { users: 6040, items: 3706, rows: { train: 800_005, test: 200_204 } },
    sha256: {
      'train.txt': 'b5d699e7297013759d8fc44b17a87652c1cc9ea496152fa76621b599358da73e',
      'test.txt': '862fcad55075f482fec726156063ebae20d33a093262bdd0096613228bc0eb60',
    },
  },
  {
    name: 'ml-1m-bsl',
    title: 'MovieLens 1M as the BSL paper has it, 80/10/10',
    layouts: [{ train: 'train.txt', valid: 'valid.txt', test: 'test.txt', format: 'lightgcn' }],
    fetch: {
      kind: 'manual',
      from: 'https://github.com/junkangwu/BSL (its ML-1M data: train.txt, valid.txt, test.txt)',
    },
    homepage: HOMEPAGE_1M,
    licence: LICENCE,
    expected: { users: 6022, items: 3043, rows: { train: 796_244, valid: 99_455, test: 99_455 } },
    sha256: {
      'train.txt': '31fe589506162c76c90e87ddd017642f73655a3f959bd70deec8dda142608f4e',
      'valid.txt': '7f053c9cb9b15e8120f00ba29ed28df2b751f23ce30eba035dd8067807ec3e09',
      'test.txt': 'c8b4f275ea29fdb5560f0d9014d85a3865743f3089dca0259c79fee30dcdbdcd',
    },
  },
  {
    name: 'ml-1m-inverse',
    title: 'MovieLens 1M with ratings, split by the Inverse Learning authors',
    layouts: [{ train: 'train.tsv', valid: 'valid.tsv', test: 'test.tsv', format: 'tsv' }],
    fetch: authors('Inverse Learning (WSDM 2024)'),
    homepage: HOMEPAGE_1M,
    licence: LICENCE,
    expected: { users: 6040, items: 3706, rows: { train: 600_125, valid: 200_042, test: 200_042 } },
    sha256: {
      'train.tsv': '50f26330299b463c2af784866d0b3000532b20dc6a0361fa8adeb7b906d61fa3',
      'valid.tsv': '51518518df01823668aa7bc4d6422743dbc51fe29b9314a405b134719ed0ac65',
      'test.tsv': 'a5d1a586aeee339edcc86bbce8420ec1e3ec718fd5a8f8dd8b0ec86f51724962',
    },
  },
  {
    name: 'ml-1m-ratings',
    title: 'MovieLens 1M, all ratings in one file',
    layouts: [
      { file: 'ratings.dat', format: 'movielens-1m' },
      { file: 'ratings.tsv', format: 'tsv' },
    ],
    fetch: {
      kind: 'zip',
      url: `${GROUPLENS}/ml-1m.zip`,
      digest: 'md5:c4d9eecfca2ab87c1945afe126590906',
      members: {
        'ml-1m/ratings.dat': 'ratings.dat',
        'ml-1m/users.dat': 'users.dat',
        'ml-1m/movies.dat': 'movies.dat',
      },
    },
    homepage: HOMEPAGE_1M,
    licence: LICENCE,
    expected: { users: 6040, items: 3706, rows: { file: 1_000_209 } },
    sha256: { 'ratings.tsv': 'f0a15e409815044ff81bc0510bc092339b44716271008f12f1bda10cb93bfdeb' },
  },
  {
    name: 'ml-1m-vbpr',
    title: 'MovieLens 1M, split by the Variational BPR authors',
    layouts: [{ train: 'train.tsv', test: 'test.tsv', format: 'tsv' }],
    fetch: authors('Variational BPR (arXiv 2503.11067)'),
    homepage: HOMEPAGE_1M,
    licence: LICENCE,
    expected: { users: 6040, items: 3706, rows: { train: 713_381, test: 286_828 } },
    sha256: {
      'train.tsv': 'baa7d1f4ab237fa4c8c68f784f57eb5e89deda49c4cc4394fef65413a84baf9d',
      'test.tsv': '8a31121328e32999b4c9f02f3519d4860f0889af718e1dfce66ece3ef0129dde',
    },
  },
];
