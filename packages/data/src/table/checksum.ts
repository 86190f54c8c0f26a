import { createHash } from 'node:crypto';
import type { InteractionTable } from '@losslab/core';

/** SHA-256 over the sizes and columns of tables, hexadecimal: the checksum of data that no file holds. */
export function tableChecksum(tables: readonly InteractionTable[]): string {
  const hash = createHash('sha256');
  for (const table of tables) {
    hash.update(`${table.userCount} ${table.itemCount} ${table.users.length}\n`);
    for (const column of [table.users, table.items, table.ratings, table.timestamps]) {
      if (column !== undefined) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    }
  }
  return hash.digest('hex');
}
