// Cholesky factors A = UᵀU of small symmetric positive definite systems, and least squares row by row on them.
// Matrices are row-major [n, n], n a multiple of 8; only the diagonal and what is above it counts.

import { addGram, TILE_BYTES } from "./gram";
import { element, load4, madd, nmadd, row, store4, sumLanes } from "./simd";

/** Puts U in the place of A. @returns the first pivot that is not positive (NaN is not), or −1 */
export function factor(a: usize, n: i32): i32 {
  for (let k = 0; k < n; k += 4) {
    for (let p = k; p < k + 4; p++) {
      if (!factorRow(a, n, k, p)) return p;
    }
    subtractFour(a, n, k);
  }
  return -1;
}

/** Row p of U, and what it takes from the later rows of its four, k ... k + 3. */
// @ts-ignore: decorator
@inline
function factorRow(a: usize, n: i32, k: i32, p: i32): bool {
  const pivots = row(a, p, n);
  const pivot = load<f32>(element(pivots, p));
  if (!(pivot > 0)) return false;
  const inverse = f32x4.splat(1 / sqrt<f32>(pivot));
  for (let j = k; j < n; j += 4) v128.store(element(pivots, j), f32x4.mul(v128.load(element(pivots, j)), inverse));
  for (let q = p + 1; q < k + 4; q++) {
    const to = row(a, q, n);
    const share = v128.load32_splat(element(pivots, q));
    for (let j = k; j < n; j += 4) {
      v128.store(element(to, j), nmadd(share, v128.load(element(pivots, j)), v128.load(element(to, j))));
    }
  }
  return true;
}

/** Rows k + 4 ... n − 1 of A lose the products of rows k ... k + 3 of U; two rows at a time, which share what they load. */
// @ts-ignore: decorator
@inline
function subtractFour(a: usize, n: i32, k: i32): void {
  const u0 = row(a, k, n);
  const u1 = row(a, k + 1, n);
  const u2 = row(a, k + 2, n);
  const u3 = row(a, k + 3, n);
  for (let i = k + 4; i < n; i += 2) {
    const to = row(a, i, n);
    const below = row(a, i + 1, n);
    const s0 = v128.load32_splat(element(u0, i)), t0 = v128.load32_splat(element(u0, i), 4);
    const s1 = v128.load32_splat(element(u1, i)), t1 = v128.load32_splat(element(u1, i), 4);
    const s2 = v128.load32_splat(element(u2, i)), t2 = v128.load32_splat(element(u2, i), 4);
    const s3 = v128.load32_splat(element(u3, i)), t3 = v128.load32_splat(element(u3, i), 4);
    for (let j = i & ~3; j < n; j += 4) {
      const x0 = v128.load(element(u0, j));
      const x1 = v128.load(element(u1, j));
      const x2 = v128.load(element(u2, j));
      const x3 = v128.load(element(u3, j));
      const y = nmadd(s1, x1, nmadd(s0, x0, v128.load(element(to, j))));
      const z = nmadd(t1, x1, nmadd(t0, x0, v128.load(element(below, j))));
      v128.store(element(to, j), nmadd(s3, x3, nmadd(s2, x2, y)));
      v128.store(element(below, j), nmadd(t3, x3, nmadd(t2, x2, z)));
    }
  }
}

/** Solves UᵀU x = b in the place of b [n]. */
export function solve(u: usize, n: i32, b: usize): void {
  for (let k = 0; k < n; k++) {
    const coefficients = row(u, k, n);
    const x = load<f32>(element(b, k)) / load<f32>(element(coefficients, k));
    store<f32>(element(b, k), x);
    let j = k + 1;
    for (; j < n && (j & 3) != 0; j++) {
      store<f32>(element(b, j), load<f32>(element(b, j)) - x * load<f32>(element(coefficients, j)));
    }
    const share = f32x4.splat(x);
    for (; j < n; j += 4) {
      v128.store(element(b, j), nmadd(share, v128.load(element(coefficients, j)), v128.load(element(b, j))));
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    const coefficients = row(u, k, n);
    let x = load<f32>(element(b, k));
    let j = k + 1;
    for (; j < n && (j & 3) != 0; j++) x -= load<f32>(element(coefficients, j)) * load<f32>(element(b, j));
    let sums = f32x4.splat(0);
    for (; j < n; j += 4) sums = madd(v128.load(element(coefficients, j)), v128.load(element(b, j)), sums);
    store<f32>(element(b, k), (x - sumLanes(sums)) / load<f32>(element(coefficients, k)));
  }
}

/** Rows of the sparse matrix that are gathered at a time. */
// @ts-ignore: decorator
@inline const GATHERED = 128;

/**
 * out[r] = (factor · Σ_p w_p x_p x_pᵀ + gram + ridge[r] · I)⁻¹ Σ_p w_p x_p over the entries p of row r, x_p = source[indices[p]];
 * w_p = 1 without weights. NaN where the matrix is not positive definite.
 *
 *   scratch  tile | b [n] | a [n, n] | gathered [128, n]       n = dim rounded up to a multiple of 8
 */
export function ridgeRows(
  source: usize, dim: i32, indptr: usize, indices: usize, weights: usize, factorOf: f32, gram: usize, ridge: usize, out: usize,
  scratch: usize,
  start: i32, end: i32,
): void {
  const n = (dim + 7) & ~7;
  const b = scratch + TILE_BYTES;
  const a = element(b, n);
  const gathered = row(a, n, n);
  for (let r = start; r < end; r++) {
    beginSystem(a, n, gram, dim, load<f32>(element(ridge, r)));
    memory.fill(b, 0, <usize>n << 2);
    const last = load<i32>(element(indptr, r + 1));
    for (let from = load<i32>(element(indptr, r)); from < last; from += GATHERED) {
      const count = min(GATHERED, last - from);
      for (let p = 0; p < count; p++) {
        const w: f32 = weights != 0 ? load<f32>(element(weights, from + p)) : 1;
        gather(row(source, load<i32>(element(indices, from + p)), dim), dim, n, sqrt<f32>(w), row(gathered, p, n), b);
      }
      addGram(gathered, count, n, factorOf, a, scratch);
    }
    const isDefinite = factor(a, n) < 0;
    if (isDefinite) solve(a, n, b);
    finish(b, dim, isDefinite, row(out, r, dim));
  }
}

/** a = gram + ridge · I, and ones on the diagonal beyond dim. */
// @ts-ignore: decorator
@inline
function beginSystem(a: usize, n: i32, gram: usize, dim: i32, ridge: f32): void {
  for (let i = 0; i < n; i++) {
    const to = row(a, i, n);
    memory.fill(to, 0, <usize>n << 2);
    if (i < dim) memory.copy(to, row(gram, i, dim), <usize>dim << 2);
    const at = element(to, i);
    store<f32>(at, i < dim ? load<f32>(at) + ridge : 1);
  }
}

/** to = root · x, zeros beyond dim; b += root · to. */
// @ts-ignore: decorator
@inline
function gather(x: usize, dim: i32, n: i32, root: f32, to: usize, b: usize): void {
  const roots = f32x4.splat(root);
  for (let d = 0; d < n; d += 4) {
    const left = dim - d;
    const lanes = left > 0 ? f32x4.mul(load4(element(x, d), left), roots) : f32x4.splat(0);
    v128.store(element(to, d), lanes);
    v128.store(element(b, d), madd(lanes, roots, v128.load(element(b, d))));
  }
}

// @ts-ignore: decorator
@inline
function finish(b: usize, dim: i32, isDefinite: bool, out: usize): void {
  for (let d = 0; d < dim; d += 4) {
    store4(element(out, d), isDefinite ? v128.load(element(b, d)) : f32x4.splat(NaN), dim - d);
  }
}
