// The k best items of each user. A user's list lies sorted in the output; its k-th score is the threshold that a new score
// must exceed, so that most scores cost one comparison.

import { contains } from "./membership";
import { element, row } from "./simd";
import { COLUMNS, multiplyTile, packRows, ROWS } from "./tile";

/** Users of one block: their packed rows stay in the cache while all items pass by. */
// @ts-ignore: decorator
@inline const BLOCK = 96;
/** Floats of a tile, at the start of the scratch. */
// @ts-ignore: decorator
@inline const TILE = 64;

/** Where the list of one row lies, and what it leaves out. */
// @ts-ignore: decorator
@inline
function clear(ids: usize, scores: usize, k: i32): void {
  for (let i = 0; i < k; i++) {
    store<i32>(element(ids, i), -1);
    store<f32>(element(scores, i), -Infinity);
  }
}

/** Puts an item behind those that score as much or more, and drops the last. Ids come in ascending order. */
function insert(ids: usize, scores: usize, k: i32, id: i32, score: f32): void {
  let at = k - 1;
  while (at > 0 && load<f32>(element(scores, at - 1)) < score) at--;
  const bytes = <usize>(k - 1 - at) << 2;
  memory.copy(element(ids, at + 1), element(ids, at), bytes);
  memory.copy(element(scores, at + 1), element(scores, at), bytes);
  store<i32>(element(ids, at), id);
  store<f32>(element(scores, at), score);
}

/** Offers scores[0 .. count) of items first, first + 1, ... to a list whose k-th score is `least`; returns the new one. */
function offer(
  from: usize, count: i32, first: i32, least: f32, ids: usize, scores: usize, k: i32, seenFrom: usize, seenTo: usize,
): f32 {
  for (let c = 0; c < count; c++) {
    const score = load<f32>(element(from, c));
    if (!(score > least) || contains(seenFrom, seenTo, first + c)) continue;
    insert(ids, scores, k, first + c, score);
    least = load<f32>(element(scores, k - 1));
  }
  return least;
}

// @ts-ignore: decorator
@inline
function seenAt(indptr: usize, indices: usize, user: i32): usize {
  return indptr == 0 ? 0 : element(indices, load<i32>(element(indptr, user)));
}

// @ts-ignore: decorator
@inline
function exceeds(scores: usize, least: v128): bool {
  const low = f32x4.gt(v128.load(scores), least);
  return v128.any_true(v128.or(low, f32x4.gt(v128.load(scores, 16), least)));
}

export function topK(
  users: usize, userRows: usize, packed: usize, items: i32, dim: i32,
  indptr: usize, indices: usize, k: i32, outIds: usize, outScores: usize,
  scratch: usize,
  start: i32, end: i32,
): void {
  const leasts = element(scratch, TILE);
  const block = element(leasts, BLOCK);
  for (let r = start; r < end; r += BLOCK) {
    const count = min(BLOCK, end - r);
    gatherUsers(users, userRows, dim, r, count, block);
    for (let i = 0; i < BLOCK; i++) store<f32>(element(leasts, i), i < count ? -Infinity : Infinity);
    for (let i = r; i < r + count; i++) clear(row(outIds, i, k), row(outScores, i, k), k);
    for (let c = 0; c < items; c += COLUMNS) {
      const columns = row(packed, c, dim);
      for (let i = 0; i < count; i += ROWS) {
        multiplyTile(element(block, i * dim), 4, ROWS * 4, ROWS, columns, dim, scratch);
        for (let j = i; j < i + ROWS; j++) {
          const tileRow = element(scratch, (j - i) * COLUMNS);
          const least = load<f32>(element(leasts, j));
          if (!exceeds(tileRow, f32x4.splat(least))) continue;
          const user = userRows == 0 ? r + j : load<i32>(element(userRows, r + j));
          const from = seenAt(indptr, indices, user);
          const to = seenAt(indptr, indices, user + 1);
          const ids = row(outIds, r + j, k);
          const width = min(COLUMNS, items - c);
          store<f32>(element(leasts, j), offer(tileRow, width, c, least, ids, row(outScores, r + j, k), k, from, to));
        }
      }
    }
  }
}

/** Packs the users' rows, six by six. */
// @ts-ignore: decorator
@inline
function gatherUsers(users: usize, userRows: usize, dim: i32, r: i32, count: i32, block: usize): void {
  for (let i = 0; i < count; i += ROWS) {
    const panel = element(block, i * dim);
    if (userRows == 0) {
      packRows(row(users, r + i, dim), <usize>dim << 2, 4, count - i, dim, panel);
      continue;
    }
    memory.fill(panel, 0, <usize>dim * ROWS * 4);
    for (let j = 0; j < min(ROWS, count - i); j++) {
      const from = row(users, load<i32>(element(userRows, r + i + j)), dim);
      for (let d = 0; d < dim; d++) store<f32>(element(panel, d * ROWS + j), load<f32>(element(from, d)));
    }
  }
}

export function topKOfScores(
  scores: usize, items: i32, userRows: usize,
  indptr: usize, indices: usize, k: i32, outIds: usize, outScores: usize,
  start: i32, end: i32,
): void {
  for (let r = start; r < end; r++) {
    const from = row(scores, r, items);
    const ids = row(outIds, r, k);
    const best = row(outScores, r, k);
    const user = userRows == 0 ? r : load<i32>(element(userRows, r));
    const seenFrom = seenAt(indptr, indices, user);
    const seenTo = seenAt(indptr, indices, user + 1);
    clear(ids, best, k);
    let least: f32 = -Infinity;
    let c = 0;
    for (; c + 8 <= items; c += 8) {
      const at = element(from, c);
      if (exceeds(at, f32x4.splat(least))) least = offer(at, 8, c, least, ids, best, k, seenFrom, seenTo);
    }
    offer(element(from, c), items - c, c, least, ids, best, k, seenFrom, seenTo);
  }
}
