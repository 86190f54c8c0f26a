import { summarise } from '@losslab/report';
import { gaussianPotential } from '../probe/potential.ts';
import type { Quantity } from './quantities.ts';

/** The variance of a list of the probe's. */
export function varianceOf(list: string): Quantity {
  return { name: `variance of ${list}`, read: ({ probed }) => covariance(probed?.[list], probed?.[list]) };
}

/** The correlation of two lists of the probe's, value by value. */
export function correlationOf(one: string, other: string): Quantity {
  return {
    name: `correlation of ${one} with ${other}`,
    read: ({ probed }) => {
      const [a, b] = [probed?.[one], probed?.[other]];
      const [both, ofA, ofB] = [covariance(a, b), covariance(a, a), covariance(b, b)];
      return both === undefined ? undefined : both / Math.sqrt(ofA! * ofB!);
    },
  };
}

/** The mean Gaussian potential of directions in the plane, of a list x, y, x, y ... of the probe's. */
export function potentialInPlane(list: string): Quantity {
  return {
    name: `potential of ${list} in the plane`,
    read: ({ probed }) => {
      const points = pointsOf(probed?.[list]);
      return points.length < 2 ? undefined : gaussianPotential(points);
    },
  };
}

/** The share of 36 equal angles of the plane in which a list x, y, x, y ... of the probe's has a point. */
export function anglesOf(list: string): Quantity {
  return {
    name: `share of angles with ${list}`,
    read: ({ probed }) => {
      const points = pointsOf(probed?.[list]);
      if (points.length === 0) return undefined;
      return new Set(points.map(([x, y]) => Math.floor((Math.atan2(y, x) / Math.PI + 1) * 18) % 36)).size / 36;
    },
  };
}

function pointsOf(list: readonly number[] = []): [x: number, y: number][] {
  return Array.from({ length: list.length / 2 }, (_, k) => [list[2 * k]!, list[2 * k + 1]!]);
}

function covariance(one: readonly number[] | undefined, other: readonly number[] | undefined): number | undefined {
  if (one === undefined || one.length === 0 || one.length !== other?.length) return undefined;
  const [a, b] = [summarise(one).mean, summarise(other).mean];
  return summarise(one.map((x, k) => (x - a) * (other[k]! - b))).mean;
}
