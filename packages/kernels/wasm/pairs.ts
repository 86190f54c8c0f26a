// Scores of pairs and both their gradients, without a [B, N, dim] array.

import { AHEAD, fetchRow } from "./fetch";
import { element, lastLanes, lastLanesOf, load4, loadTail, madd, row, store4, storeTail, sumLanes4 } from "./simd";

/** Four rows at a time against one; each sum is made in the same order wherever its pair stands. */
// @ts-ignore: decorator
@inline
function dot4(left: usize, r0: usize, r1: usize, r2: usize, r3: usize, dim: i32): v128 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let at: usize = 0;
  const end = <usize>(dim & ~3) << 2;
  for (; at < end; at += 16) {
    const x = v128.load(left + at);
    s0 = madd(x, v128.load(r0 + at), s0);
    s1 = madd(x, v128.load(r1 + at), s1);
    s2 = madd(x, v128.load(r2 + at), s2);
    s3 = madd(x, v128.load(r3 + at), s3);
  }
  const tail = dim & 3;
  if (tail > 0 && dim > 4) {
    const which = lastLanesOf(tail);
    const bytes = end + (<usize>tail << 2);
    const x = lastLanes(left + bytes, which);
    s0 = madd(x, lastLanes(r0 + bytes, which), s0);
    s1 = madd(x, lastLanes(r1 + bytes, which), s1);
    s2 = madd(x, lastLanes(r2 + bytes, which), s2);
    s3 = madd(x, lastLanes(r3 + bytes, which), s3);
  } else if (tail > 0) {
    const x = loadTail(left + at, tail);
    s0 = madd(x, loadTail(r0 + at, tail), s0);
    s1 = madd(x, loadTail(r1 + at, tail), s1);
    s2 = madd(x, loadTail(r2 + at, tail), s2);
    s3 = madd(x, loadTail(r3 + at, tail), s3);
  }
  return sumLanes4(s0, s1, s2, s3);
}

/** out[i] = ⟨x, right[ids[i]]⟩. */
// @ts-ignore: decorator
@inline
export function dotList(x: usize, right: usize, dim: i32, ids: usize, count: i32, out: usize): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const id = element(ids, i);
    const r0 = row(right, load<i32>(id), dim);
    const r1 = row(right, load<i32>(id, 4), dim);
    const r2 = row(right, load<i32>(id, 8), dim);
    const r3 = row(right, load<i32>(id, 12), dim);
    v128.store(element(out, i), dot4(x, r0, r1, r2, r3, dim));
  }
  const tail = count - i;
  if (tail <= 0) return;
  const id = element(ids, i);
  const r0 = row(right, load<i32>(id), dim);
  const r1 = tail > 1 ? row(right, load<i32>(id, 4), dim) : r0;
  const r2 = tail > 2 ? row(right, load<i32>(id, 8), dim) : r0;
  storeTail(element(out, i), dot4(x, r0, r1, r2, r0, dim), tail);
}

/** As dot4, each row against a left one of its own: the same bits. */
// @ts-ignore: decorator
@inline
function dotEach4(
  l0: usize, l1: usize, l2: usize, l3: usize, r0: usize, r1: usize, r2: usize, r3: usize, dim: i32,
): v128 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let at: usize = 0;
  const end = <usize>(dim & ~3) << 2;
  for (; at < end; at += 16) {
    s0 = madd(v128.load(l0 + at), v128.load(r0 + at), s0);
    s1 = madd(v128.load(l1 + at), v128.load(r1 + at), s1);
    s2 = madd(v128.load(l2 + at), v128.load(r2 + at), s2);
    s3 = madd(v128.load(l3 + at), v128.load(r3 + at), s3);
  }
  const tail = dim & 3;
  if (tail > 0 && dim > 4) {
    const which = lastLanesOf(tail);
    const bytes = end + (<usize>tail << 2);
    s0 = madd(lastLanes(l0 + bytes, which), lastLanes(r0 + bytes, which), s0);
    s1 = madd(lastLanes(l1 + bytes, which), lastLanes(r1 + bytes, which), s1);
    s2 = madd(lastLanes(l2 + bytes, which), lastLanes(r2 + bytes, which), s2);
    s3 = madd(lastLanes(l3 + bytes, which), lastLanes(r3 + bytes, which), s3);
  } else if (tail > 0) {
    s0 = madd(loadTail(l0 + at, tail), loadTail(r0 + at, tail), s0);
    s1 = madd(loadTail(l1 + at, tail), loadTail(r1 + at, tail), s1);
    s2 = madd(loadTail(l2 + at, tail), loadTail(r2 + at, tail), s2);
    s3 = madd(loadTail(l3 + at, tail), loadTail(r3 + at, tail), s3);
  }
  return sumLanes4(s0, s1, s2, s3);
}

/** Asks for the rows of some pairs. */
// @ts-ignore: decorator
@inline
export function fetchPairs(source: usize, dim: i32, ids: usize, start: i32, end: i32): void {
  for (let p = start; p < end; p++) fetchRow(source, load<i32>(element(ids, p)), dim);
}

/** pairDot of fewer than four columns: four pairs at a time, whatever rows of the batch they are of. */
function pairDotFew(
  left: usize, leftRows: usize, right: usize, rightRows: usize, columns: i32, dim: i32, out: usize, ahead: bool,
  start: i32, end: i32,
): void {
  const last = end * columns - 1;
  for (let p = start * columns; p <= last; p += 4) {
    if (ahead && (p - start * columns) % (2 * AHEAD) == 0) {
      const stop = min(last + 1, p + 2 * AHEAD);
      if (leftRows != 0) fetchPairs(left, dim, leftRows, p / columns, (stop - 1) / columns + 1);
      fetchPairs(right, dim, rightRows, p, stop);
    }
    const p1 = min(p + 1, last), p2 = min(p + 2, last), p3 = min(p + 3, last);
    const sums = dotEach4(
      leftOf(p, left, leftRows, columns, dim), leftOf(p1, left, leftRows, columns, dim),
      leftOf(p2, left, leftRows, columns, dim), leftOf(p3, left, leftRows, columns, dim),
      rightOf(p, right, rightRows, dim), rightOf(p1, right, rightRows, dim),
      rightOf(p2, right, rightRows, dim), rightOf(p3, right, rightRows, dim), dim,
    );
    if (p + 3 <= last) v128.store(element(out, p), sums);
    else storeTail(element(out, p), sums, last + 1 - p);
  }
}

// @ts-ignore: decorator
@inline
function leftOf(p: i32, left: usize, leftRows: usize, columns: i32, dim: i32): usize {
  const b = <i32>(<u32>p / <u32>columns);
  return row(left, leftRows != 0 ? load<i32>(element(leftRows, b)) : b, dim);
}

// @ts-ignore: decorator
@inline
function rightOf(p: i32, right: usize, rightRows: usize, dim: i32): usize {
  return row(right, load<i32>(element(rightRows, p)), dim);
}

/** leftRows 0: left row b itself. With `ahead` rows are asked for, some pairs together, before they are used. */
export function pairDot(
  left: usize, leftRows: usize, right: usize, rightRows: usize, columns: i32, dim: i32, out: usize, ahead: bool,
  start: i32, end: i32,
): void {
  if (columns < 4) return pairDotFew(left, leftRows, right, rightRows, columns, dim, out, ahead, start, end);
  const together = max(1, 2 * AHEAD / columns);
  for (let b = start; b < end; b++) {
    if (ahead && (b - start) % together == 0) {
      const stop = min(end, b + together);
      if (leftRows != 0) fetchPairs(left, dim, leftRows, b, stop);
      fetchPairs(right, dim, rightRows, b * columns, min(stop * columns, b * columns + 4 * AHEAD));
    }
    const x = row(left, leftRows != 0 ? load<i32>(element(leftRows, b)) : b, dim);
    dotList(x, right, dim, row(rightRows, b, columns), columns, row(out, b, columns));
  }
}

/** offsets[r + 1] first counts row r, then becomes the start of its group: its end, once its pairs are placed. */
export function countGroups(rightRows: usize, pairs: i32, groups: i32, offsets: usize): void {
  memory.fill(offsets, 0, <usize>(groups + 1) << 2);
  for (let p = 0; p < pairs; p++) {
    const at = element(offsets, load<i32>(element(rightRows, p)));
    store<i32>(at, load<i32>(at, 4) + 1, 4);
  }
  let before = 0;
  for (let r = 1; r <= groups; r++) {
    const at = element(offsets, r);
    const count = load<i32>(at);
    store<i32>(at, before);
    before += count;
  }
}

export function sortPairs(rightRows: usize, pairs: i32, groups: i32, offsets: usize, order: usize): void {
  countGroups(rightRows, pairs, groups, offsets);
  for (let p = 0; p < pairs; p++) {
    const at = element(offsets, load<i32>(element(rightRows, p)));
    const place = load<i32>(at, 4);
    store<i32>(at, place + 1, 4);
    store<i32>(element(order, place), p);
  }
}

/** Weight and left row of pairs [rows, columns] in the next places of their groups, which countGroups has made room for. */
export function placePairs(
  rightRows: usize, rows: i32, columns: i32, leftRows: usize, weights: usize, offsets: usize, sources: usize, listed: usize,
): void {
  for (let b = 0; b < rows; b++) {
    const source = leftRows != 0 ? load<i32>(element(leftRows, b)) : b;
    for (let p = b * columns; p < (b + 1) * columns; p++) {
      const at = element(offsets, load<i32>(element(rightRows, p)));
      const place = load<i32>(at, 4);
      store<i32>(at, place + 1, 4);
      store<i32>(element(sources, place), source);
      store<f32>(element(listed, place), load<f32>(element(weights, p)));
    }
  }
}

// @ts-ignore: decorator
@inline
function sourceOf(p: i32, source: usize, dim: i32, sourceRows: usize, columns: i32): usize {
  return row(source, sourceRows != 0 ? load<i32>(element(sourceRows, p)) : <i32>(<u32>p / <u32>columns), dim);
}

/**
 * Sums of `count` vectors of a group's pairs [begin, end), in as many registers, up to eight. The last vector begins `last` bytes
 * on, and may overlap the one before: its sums are the same then. `count` is a constant.
 */
// @ts-ignore: decorator
@inline
function sumVectors(
  count: i32, last: usize, to: usize, weights: usize, source: usize, dim: i32, begin: i32, end: i32,
  order: usize, sourceRows: usize, columns: i32, accumulate: bool,
): void {
  const zero = f32x4.splat(0);
  let s0 = count > 1 && accumulate ? v128.load(to) : zero;
  let s1 = count > 2 && accumulate ? v128.load(to, 16) : zero;
  let s2 = count > 3 && accumulate ? v128.load(to, 32) : zero;
  let s3 = count > 4 && accumulate ? v128.load(to, 48) : zero;
  let s4 = count > 5 && accumulate ? v128.load(to, 64) : zero;
  let s5 = count > 6 && accumulate ? v128.load(to, 80) : zero;
  let s6 = count > 7 && accumulate ? v128.load(to, 96) : zero;
  let s7 = accumulate ? v128.load(to + last) : zero;
  for (let i = begin; i < end; i++) {
    const p = order != 0 ? load<i32>(element(order, i)) : i;
    const w = v128.load32_splat(element(weights, p));
    const from = sourceOf(p, source, dim, sourceRows, columns);
    if (count > 1) s0 = madd(w, v128.load(from), s0);
    if (count > 2) s1 = madd(w, v128.load(from, 16), s1);
    if (count > 3) s2 = madd(w, v128.load(from, 32), s2);
    if (count > 4) s3 = madd(w, v128.load(from, 48), s3);
    if (count > 5) s4 = madd(w, v128.load(from, 64), s4);
    if (count > 6) s5 = madd(w, v128.load(from, 80), s5);
    if (count > 7) s6 = madd(w, v128.load(from, 96), s6);
    s7 = madd(w, v128.load(from + last), s7);
  }
  if (count > 1) v128.store(to, s0);
  if (count > 2) v128.store(to, s1, 16);
  if (count > 3) v128.store(to, s2, 32);
  if (count > 4) v128.store(to, s3, 48);
  if (count > 5) v128.store(to, s4, 64);
  if (count > 6) v128.store(to, s5, 80);
  if (count > 7) v128.store(to, s6, 96);
  v128.store(to + last, s7);
}

/**
 * Sums of 32 columns over [begin, end) of a list of rows, in eight registers. `accumulate` is a constant, and addresses differ by
 * constants only: V8's revectorizer makes one vector of 256 bits of two neighbours.
 */
// @ts-ignore: decorator
@inline
function sum32(
  to: usize, weights: usize, source: usize, stride: usize, begin: i32, end: i32, rows: usize, accumulate: bool,
): void {
  const zero = f32x4.splat(0);
  let s0 = accumulate ? v128.load(to) : zero;
  let s1 = accumulate ? v128.load(to, 16) : zero;
  let s2 = accumulate ? v128.load(to, 32) : zero;
  let s3 = accumulate ? v128.load(to, 48) : zero;
  let s4 = accumulate ? v128.load(to, 64) : zero;
  let s5 = accumulate ? v128.load(to, 80) : zero;
  let s6 = accumulate ? v128.load(to, 96) : zero;
  let s7 = accumulate ? v128.load(to, 112) : zero;
  for (let p = begin; p < end; p++) {
    const w = v128.load32_splat(element(weights, p));
    const from = source + <usize>load<i32>(element(rows, p)) * stride;
    s0 = madd(w, v128.load(from), s0);
    s1 = madd(w, v128.load(from, 16), s1);
    s2 = madd(w, v128.load(from, 32), s2);
    s3 = madd(w, v128.load(from, 48), s3);
    s4 = madd(w, v128.load(from, 64), s4);
    s5 = madd(w, v128.load(from, 80), s5);
    s6 = madd(w, v128.load(from, 96), s6);
    s7 = madd(w, v128.load(from, 112), s7);
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
  v128.store(to, s4, 64);
  v128.store(to, s5, 80);
  v128.store(to, s6, 96);
  v128.store(to, s7, 112);
}

/** Sums of 1 to 3 columns: all that a row has. */
// @ts-ignore: decorator
@inline
function sumFew(
  to: usize, weights: usize, source: usize, dim: i32, begin: i32, end: i32,
  order: usize, sourceRows: usize, columns: i32, accumulate: bool,
): void {
  let sum = accumulate ? load4(to, dim) : f32x4.splat(0);
  for (let i = begin; i < end; i++) {
    const p = order != 0 ? load<i32>(element(order, i)) : i;
    const from = sourceOf(p, source, dim, sourceRows, columns);
    sum = madd(v128.load32_splat(element(weights, p)), load4(from, dim), sum);
  }
  store4(to, sum, dim);
}

/** The columns that are left of a group's sums: under 36, and not 32. */
function sumLast(
  left: i32, to: usize, weights: usize, source: usize, dim: i32, begin: i32, end: i32,
  order: usize, sourceRows: usize, columns: i32, accumulate: bool,
): void {
  if (left > 32) { // not 32, which would leave less than a vector
    sumVectors(7, 96, to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
    to += 112;
    source += 112;
    left -= 28;
  }
  const last = <usize>(left - 4) << 2;
  switch ((left + 3) >> 2) {
    case 1: return sumVectors(1, 0, to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
    case 2: return sumVectors(2, last, to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
    case 3: return sumVectors(3, last, to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
    case 4: return sumVectors(4, last, to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
    case 5: return sumVectors(5, last, to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
    case 6: return sumVectors(6, last, to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
    case 7: return sumVectors(7, last, to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
    case 8: return sumVectors(8, last, to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
  }
}

/** to (+)= Σ weight · source row over [begin, end) of a list of rows. Columns go by 32, then all that are left together. */
export function sumListed(
  to: usize, weights: usize, source: usize, dim: i32, begin: i32, end: i32, rows: usize, accumulate: bool,
): void {
  if (dim < 4) return sumFew(to, weights, source, dim, begin, end, 0, rows, 1, accumulate);
  const stride = <usize>dim << 2;
  let left = dim;
  if (accumulate) {
    for (; left > 35 || left == 32; left -= 32) {
      sum32(to, weights, source, stride, begin, end, rows, true);
      to += 128;
      source += 128;
    }
  } else {
    for (; left > 35 || left == 32; left -= 32) {
      sum32(to, weights, source, stride, begin, end, rows, false);
      to += 128;
      source += 128;
    }
  }
  if (left == 0) return;
  sumLast(left, to, weights, source, dim, begin, end, 0, rows, 1, accumulate);
}

/** As sumListed over the pairs [begin, end) of one group, in an order where there is one. */
export function sumGroup(
  to: usize, weights: usize, source: usize, dim: i32, begin: i32, end: i32,
  order: usize, sourceRows: usize, columns: i32, accumulate: bool,
): void {
  if (order == 0 && sourceRows != 0) return sumListed(to, weights, source, dim, begin, end, sourceRows, accumulate);
  if (dim < 4) return sumFew(to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
  let left = dim;
  while (left > 35 || left == 32) {
    sumVectors(8, 112, to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
    to += 128;
    source += 128;
    left -= 32;
  }
  sumLast(left, to, weights, source, dim, begin, end, order, sourceRows, columns, accumulate);
}

/**
 * Group r: pairs offsets[r] .. offsets[r + 1), by `order` where there is one; without offsets `size` pairs; with offsets and size
 * the rows order[offsets[r]] ... of `size` pairs each.
 */
export function gatherSum(
  weights: usize, source: usize, dim: i32, offsets: usize, size: i32, order: usize, sourceRows: usize, columns: i32,
  out: usize, accumulate: bool, ahead: bool,
  start: i32, end: i32,
): void {
  const isNested = offsets != 0 && size != 0;
  const together = max(1, 2 * AHEAD / (isNested ? size : 1));
  const last = ahead ? (offsets != 0 ? load<i32>(element(offsets, end)) : end * size) : 0;
  let asked = 0; // pairs, or rows of pairs, that are on their way
  for (let r = start; r < end; r++) {
    const to = row(out, r, dim);
    const begin = offsets != 0 ? load<i32>(element(offsets, r)) : r * size;
    const stop = offsets != 0 ? load<i32>(element(offsets, r + 1)) : begin + size;
    if (accumulate && begin == stop) continue;
    if (ahead && begin >= asked) {
      asked = min(last, begin + together);
      if (isNested) {
        for (let i = begin; i < asked; i++) {
          const first = load<i32>(element(order, i)) * size;
          fetchPairs(source, dim, sourceRows, first, first + min(size, 2 * AHEAD));
        }
      } else fetchPairs(source, dim, sourceRows, begin, asked);
    }
    if (!isNested) {
      sumGroup(to, weights, source, dim, begin, stop, order, sourceRows, columns, accumulate);
      continue;
    }
    if (begin == stop) memory.fill(to, 0, <usize>dim << 2);
    for (let i = begin; i < stop; i++) {
      const first = load<i32>(element(order, i)) * size;
      sumGroup(to, weights, source, dim, first, first + size, 0, sourceRows, columns, accumulate || i > begin);
    }
  }
}
