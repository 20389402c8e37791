import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { GrowthPoint } from './grow.ts';

const decades = [0.1, 1, 10, 100, 1000, 10_000];
/** Of the lines' names. */
const place = { frameAnchor: 'top-left', dx: 10 } as const;

/** A picture of one sweep, both axes in logarithms, as SVG. */
export function growthChart(label: string, points: readonly GrowthPoint[]): string {
  const { document } = parseHTML('<html><body></body></html>');
  const channels = { x: 'size', y: 'milliseconds', stroke: 'title' } as const;
  const sizes = [...new Set(points.map(({ size }) => size))];
  const titles = [...new Set(points.map((point) => point.title))];
  const picture = Plot.plot({
    document,
    width: 560,
    height: 340,
    marginLeft: 56,
    style: { background: 'white', color: 'black' },
    x: { type: 'log' },
    y: { type: 'log' },
    marks: [
      // The axes' own ticks leave out labels in logarithms.
      Plot.gridX(sizes),
      Plot.gridY(decades),
      Plot.axisX(sizes, { text: sizes.map(String), label }),
      Plot.axisY(decades, { text: decades.map(String), label: 'ms a step' }),
      Plot.lineY(points, channels),
      Plot.dot(points, { ...channels, fill: 'title' }),
      ...titles.map((title, i) =>
        Plot.text([title], { ...place, text: [title], fill: [title], dy: 10 + 14 * i }),
      ),
    ],
  });
  picture.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `${picture.outerHTML}\n`;
}
