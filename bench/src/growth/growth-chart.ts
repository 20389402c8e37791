import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { GrowthPoint } from './grow.ts';

/** A picture of one sweep, both axes in logarithms, as SVG. */
export function growthChart(title: string, points: readonly GrowthPoint[]): string {
  const { document } = parseHTML('<html><body></body></html>');
  const channels = { x: 'size', y: 'milliseconds', stroke: 'title' } as const;
  const sizes = [...new Set(points.map(({ size }) => size))];
  const picture = Plot.plot({
    document,
    width: 560,
    height: 340,
    marginLeft: 56,
    style: { background: 'white', color: 'black' },
    x: { type: 'log', label: title, ticks: sizes, tickFormat: String, grid: true },
    y: { type: 'log', label: 'ms a step', tickFormat: String, ticks: 5, grid: true },
    marks: [
      Plot.lineY(points, channels),
      Plot.dot(points, { ...channels, fill: 'title' }),
      Plot.text(points, {
        ...Plot.selectLast({
          x: 'size',
          y: 'milliseconds',
          z: 'title',
          text: 'title',
          fill: 'title',
        }),
        textAnchor: 'end',
        dy: -12,
      }),
    ],
  });
  picture.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `${picture.outerHTML}\n`;
}
