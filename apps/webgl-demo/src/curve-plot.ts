import uPlot from 'uplot';
import type { Curve } from './run.js';

export interface CurvePlotOptions {
  /** Is filled by the plot, at whatever width it has. */
  readonly target: HTMLElement;
  /** What is plotted, for those who cannot see it. */
  readonly name: string;
  /** Upper end of the axis, given the largest value; the lower end is 0. */
  readonly top: (largest: number) => number;
  /** Writes a value. */
  readonly format: (value: number) => string;
}

export interface CurvePlot {
  /**
   * Draws a curve in place of what was drawn.
   *
   * @param lastStep - the right end of the axis
   */
  draw(curve: Curve, lastStep: number): void;
}

/** In CSS pixels, without the legend. */
const height = 240;

/** A plot of training and test by step, which follows the size of its element and the colour scheme. */
export function curvePlot({ target, name, top, format }: CurvePlotOptions): CurvePlot {
  let lastStep = 1;
  const axis = { stroke: resolve('--quiet'), grid: line(), ticks: line() };
  const text = (number: number | null | undefined) => (number == null ? '–' : format(number));
  const value = (_: uPlot, number: number | null) => text(number);
  const plot = new uPlot(
    {
      ...sizeOf(target),
      scales: {
        x: { time: false, range: () => [0, lastStep] },
        y: { range: (_, __, largest) => [0, top(largest ?? 0)] },
      },
      series: [
        { label: 'step', value: (_, step: number | null) => step?.toString() ?? '–' },
        { ...curve('--train'), label: 'training', value, points: { show: false } },
        { ...curve('--test'), label: 'test', value, spanGaps: true },
      ],
      axes: [
        { ...axis, size: 34 },
        { ...axis, size: 54, values: (_, splits) => splits.map(format) },
      ],
      legend: {
        markers: { width: 0, fill: (_, series) => `var(${series === 1 ? '--train' : '--test'})` },
      },
      cursor: { y: false, drag: { x: false, setScale: false }, sync: { key: 'curves' } },
    },
    [[], [], []],
    target,
  );
  new ResizeObserver(() => plot.setSize(sizeOf(target))).observe(target);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw());
  return {
    draw({ steps, train, test }, end) {
      lastStep = end;
      plot.setData([[...steps], [...train], [...test]]);
      const lastTest = test.findLast((number) => number !== null);
      target.ariaLabel = `${name} by step: training ${text(train.at(-1))}, test ${text(lastTest)}`;
    },
  };
}

function curve(property: string): uPlot.Series {
  const stroke = resolve(property);
  return { stroke, width: 1.5, points: { show: true, size: 7, stroke, fill: stroke } };
}

function line(): uPlot.Axis.Grid {
  return { stroke: resolve('--line'), width: 1 };
}

/** A custom property of the page. A canvas knows none, so it is looked up whenever it is drawn. */
function resolve(property: string): () => string {
  return () => getComputedStyle(document.documentElement).getPropertyValue(property);
}

function sizeOf(target: HTMLElement): { width: number; height: number } {
  return { width: target.clientWidth, height };
}
