import { type Digest, type Interactions, type InteractionTable, sha256 } from '@losslab/core';

/** SHA-256 over the sizes and columns of tables, hexadecimal: the checksum of data that no file holds; `texts` belong to them. */
export function tableChecksum(tables: readonly InteractionTable[], texts: readonly string[] = []): string {
  const hash = sha256();
  for (const table of tables) {
    hash.update(`${table.userCount} ${table.itemCount} ${table.users.length}\n`);
    updateByColumns(hash, [table.users, table.items, table.ratings, table.timestamps]);
  }
  for (const text of texts) hash.update(text);
  return hash.digest('hex');
}

/** The same over interactions, hexadecimal. */
export function interactionsChecksum(parts: readonly Interactions[]): string {
  const hash = sha256();
  for (const part of parts) {
    hash.update(`${part.userCount} ${part.itemCount} ${part.indices.length}\n`);
    updateByColumns(hash, [part.indptr, part.indices, part.ratings, part.timestamps]);
  }
  return hash.digest('hex');
}

function updateByColumns(hash: Digest, columns: readonly (ArrayBufferView | undefined)[]): void {
  for (const column of columns) {
    if (column !== undefined) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
}
