import type { EpochRecord } from '@losslab/core';
import * as Plot from '@observablehq/plot';
import { element } from './view.ts';

const RECALL = 'recall@20';

/** Validation recall by epoch, with a mark at the epoch whose weights are kept. */
export function drawCurve(curve: readonly EpochRecord[], best?: number): void {
  const points = curve.map(({ epoch, valid }) => ({ epoch, recall: valid?.[RECALL] ?? 0 }));
  const kept = points.filter(({ epoch }) => epoch === best);
  const last = points.at(-1);
  const chart = Plot.plot({
    width: 800,
    height: 330,
    marginLeft: 52,
    marginBottom: 42,
    style: { fontSize: '13px', background: 'none' },
    ariaLabel: 'Validation recall by epoch',
    ariaDescription: last && `Epoch ${last.epoch}: ${last.recall.toFixed(4)}`,
    x: { label: 'epoch', tickFormat: 'd', interval: 1, ticks: 8, type: 'linear' },
    y: { label: RECALL, grid: true, zero: true, nice: true },
    marks: [
      Plot.ruleY([0]),
      Plot.lineY(points, { x: 'epoch', y: 'recall', stroke: 'var(--accent)', strokeWidth: 2.5 }),
      Plot.dot(kept, { x: 'epoch', y: 'recall', fill: 'var(--accent)', r: 5 }),
      Plot.text(kept, {
        x: 'epoch',
        y: 'recall',
        text: ({ recall }) => `best ${recall.toFixed(4)}`,
        dy: -14,
        fontWeight: 600,
        textAnchor: 'end',
      }),
    ],
  });
  element('chart').replaceChildren(chart);
}
