const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0, to about 14 digits (Lanczos, g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const t = x + 6.5;
  const sum = LANCZOS.reduce((total, c, i) => total + c / (x + i), 0.99999999999980993);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** b0 + a1 / (b1 + a2 / (b2 + ...)) by Lentz's method; `term` gives aₙ and bₙ from n = 1. */
function continuedFraction(b0: number, term: (n: number) => readonly [a: number, b: number]): number {
  const tiny = 1e-300;
  let value = b0 || tiny;
  let [c, d] = [value, 0];
  for (let n = 1; n < 10_000; n++) {
    const [a, b] = term(n);
    d = 1 / (b + a * d || tiny);
    c = b + a / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}

/** The regularised incomplete beta function I_x(a, b) (DLMF 8.17.22). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const fraction = continuedFraction(1, (n) => {
    const m = n >> 1;
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    return [n % 2 === 0 ? even : odd, 1];
  });
  return front / fraction;
}

/** P(T > t) of Student's t with that many degrees of freedom. */
export function studentUpperTail(t: number, degreesOfFreedom: number): number {
  if (t === Infinity) return 0;
  if (t === -Infinity) return 1;
  const half = incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2;
  return t >= 0 ? half : 1 - half;
}

/** P(Z > z) of the standard normal law. */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 2.5) return 0.5 - density * oddSeries(z);
  // Mills' ratio, 1 / (z + 1 / (z + 2 / (z + 3 / ...))).
  return density / continuedFraction(z, (n) => [n, z]);
}

/** z + z³/3 + z⁵/(3 · 5) + ..., which times the density is P(0 < Z < z). */
function oddSeries(z: number): number {
  let [term, sum] = [z, z];
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}
