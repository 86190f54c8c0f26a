import { formatCsv } from '@losslab/report';
import { expect, test } from 'vitest';

test('quotes what needs it', () => {
  const table = {
    columns: [{ heading: 'a' }, { heading: 'b,c' }],
    rows: [
      ['say "x"', { text: 'two\nlines' }],
      ['1', ''],
    ],
  };
  expect(formatCsv(table)).toBe('a,"b,c"\r\n"say ""x""","two\nlines"\r\n1,\r\n');
});
