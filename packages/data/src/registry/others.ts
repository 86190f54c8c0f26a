import type { Digest, FetchedFile, RegistryEntry } from './entry.ts';

/** RecZoo keeps the splits that papers share, byte for byte, at addresses that name their revision. */
function recZoo(repository: string, revision: string, digests: Readonly<Record<string, Digest>>): FetchedFile[] {
  const root = `https://huggingface.co/datasets/reczoo/${repository}/resolve/${revision}`;
  return Object.entries(digests).map(([file, digest]) => ({ file, url: `${root}/${file}`, digest }));
}

export const OTHERS: readonly RegistryEntry[] = [
  {
    name: 'amazon-electronics-14core',
    title: 'Amazon Electronics, 14-core, split by the NBPO authors',
    layouts: [
      { train: 'train_data.json', valid: 'validation_data.json', test: 'test_data.json', format: 'json-lists' },
    ],
    fetch: {
      kind: 'files',
      files: recZoo('AmazonElectronics_m1', 'd6951f1a171149ebb7729505984bbed2d4ab653a', {
        'train_data.json': 'sha256:9feb28fdce1eceb15bcb6700a4bbda85ccffef9ef6878d1f908dfd50e4f0de0a',
        'validation_data.json': 'sha256:550a4128b8c4c761b352c93304c21556f6c247d6ea988e171c3bf11fb4fb65b7',
        'test_data.json': 'sha256:974a2774ef047aecbde3e5118a7138dac80ebe29a3d034952a7f0a49ed2b0911',
      }),
    },
    homepage: 'https://cseweb.ucsd.edu/~jmcauley/datasets.html',
    licence: "Amazon reviews (McAuley): the publisher's terms",
    expected: { users: 1435, items: 1522, rows: { train: 31_887, valid: 4044, test: 4044 } },
    sha256: {
      'train_data.json': '9feb28fdce1eceb15bcb6700a4bbda85ccffef9ef6878d1f908dfd50e4f0de0a',
      'validation_data.json': '550a4128b8c4c761b352c93304c21556f6c247d6ea988e171c3bf11fb4fb65b7',
      'test_data.json': '974a2774ef047aecbde3e5118a7138dac80ebe29a3d034952a7f0a49ed2b0911',
    },
  },
  {
    name: 'gowalla',
    title: 'Gowalla check-ins, the LightGCN split',
    layouts: [{ train: 'train.txt', test: 'test.txt', format: 'lightgcn' }],
    fetch: {
      kind: 'files',
      files: recZoo('Gowalla_m1', 'd18cf8efd0f159548cd674c7320ca9e39046acb8', {
        'train.txt': 'md5:5eec1eb2edb8dd648377d348b8e136cf',
        'test.txt': 'md5:c04e2c4bcd2389f53ed8281816166149',
      }),
    },
    homepage: 'https://snap.stanford.edu/data/loc-gowalla.html',
    licence: "Gowalla (SNAP): the publisher's terms",
    expected: { users: 29_858, items: 40_981, rows: { train: 810_128, test: 217_242 } },
    sha256: {
      'train.txt': '0f086326b28a56c2e6dcb81d86ee72d4ccb7eed3a8d26788392356d8f51111cc',
      'test.txt': '95a7e4ee029370c4ccac0d6a0c8cc0615b574ac89642081cdf946090e0dd5bda',
    },
  },
  {
    name: 'kuairand-sample',
    title: 'KuaiRand-27K events that carry a like (1) or a hate (0); a biased sample',
    layouts: [
      {
        file: 'feedback.tsv',
        format: 'tsv',
        columns: { user: 'user_id', item: 'video_id', label: 'label', timestamp: 'time_ms', timestampUnit: 'ms' },
      },
    ],
    fetch: { kind: 'manual', from: 'https://kuairand.com (events of KuaiRand-27K with is_like or is_hate)' },
    homepage: 'https://kuairand.com',
    licence: 'CC BY-SA 4.0',
    expected: { users: 664, items: 9359, rows: { file: 41_828 } },
    sha256: { 'feedback.tsv': '321128c4543d3e658a1fa9788edd4049295b0d1ccf4469154326fb7769556e0a' },
  },
  {
    name: 'kuairec-signed',
    title: 'KuaiRec with a 0/1 label a pair (how the labels were derived is not documented)',
    layouts: [{ train: 'train.txt', valid: 'valid.txt', test: 'test.txt', format: 'labels' }],
    fetch: { kind: 'manual', from: 'wherever you have it' },
    homepage: 'https://kuairec.com',
    licence: "KuaiRec: the publisher's terms",
    expected: { users: 1411, items: 3327, rows: { train: 177_789, valid: 25_398, test: 50_796 } },
    sha256: {
      'train.txt': '6cba17ca5dcc033f91466ffccbc7096471a1ac63e128e4b6ca925a8accdaa25b',
      'valid.txt': 'eb7a5eb4b6f17d1325fe05f046f6204fae5a3f9fbf39022ce72fd32e5e4282a8',
      'test.txt': '37ac19eb3ac00182a2b436d51f7d0c20f0c07f4f3d7172685b30619cb4bc11ea',
    },
  },
  {
    name: 'yelp2018',
    title: 'Yelp2018, the LightGCN split',
    layouts: [{ train: 'train.txt', test: 'test.txt', format: 'lightgcn' }],
    fetch: {
      kind: 'files',
      files: recZoo('Yelp18_m1', '8c6e8b56e5a674b3b60ed859a617cb001b8280d0', {
        'train.txt': 'sha256:1e9568725a9e833d0ac3bae01c94cd95367f73b3bb6104fd26b5f65ea5054093',
        'test.txt': 'sha256:9cd9b37926cd1447a06625ffa7914527573fb097c10cb0bbdb1d1b8ded3742fe',
      }),
    },
    homepage: 'https://www.yelp.com/dataset',
    licence: "Yelp: the publisher's terms",
    expected: { users: 31_668, items: 38_048, rows: { train: 1_237_259, test: 324_147 } },
    sha256: {
      'train.txt': '1e9568725a9e833d0ac3bae01c94cd95367f73b3bb6104fd26b5f65ea5054093',
      'test.txt': '9cd9b37926cd1447a06625ffa7914527573fb097c10cb0bbdb1d1b8ded3742fe',
    },
  },
];
