import { checkObject } from '../checks/check-object.js';
import { checkString } from '../checks/check-string.js';
import { kind } from '../checks/kind.js';
import { layout, type Layout } from '../messages/custom-scalars-layout.js';
import { stringTensor } from '../messages/make-tensor-proto.js';
import type { SummaryValue } from '../messages/summary.js';
import { encodeMessage } from '../protobuf/encode-message.js';
import type { Init } from '../protobuf/message-type.js';
import { metadataOf } from './summary-options.js';

/** Tags of a line and of the edges of the band around it. */
export interface MarginSeries {
  readonly value: string;
  readonly lower: string;
  readonly upper: string;
}

/** A chart: tags as lines of one diagram, or lines with a band around each. */
export type CustomChart =
  | { /** Regular expressions. */ readonly multiline: readonly string[] }
  | { readonly margin: readonly MarginSeries[] };

/** Charts by title, under headings: `{ Losses: { 'train and test': { multiline: [...] } } }`. */
export type CustomScalarsLayout = Readonly<Record<string, Readonly<Record<string, CustomChart>>>>;

/** The layout of the custom scalars tab. */
export function customScalarsSummary(
  where: string,
  charts: CustomScalarsLayout,
): Init<SummaryValue> {
  checkObject(where, charts);
  const category = Object.entries(charts).map(([title, inCategory]) => {
    checkObject(`${where}: ${title}`, inCategory);
    return {
      title,
      chart: Object.entries(inCategory).map(([name, chart]) => ({
        title: name,
        ...contentOf(`${where}: ${title}: ${name}`, chart),
      })),
    };
  });
  return {
    tag: 'custom_scalars__config__',
    tensor: stringTensor([encodeMessage(layout, { category })], []),
    metadata: metadataOf('custom_scalars', {}),
  };
}

type ChartContent = Pick<Init<Layout['category'][number]['chart'][number]>, 'margin' | 'multiline'>;

function contentOf(where: string, chart: CustomChart): ChartContent {
  checkObject(where, chart);
  if ('multiline' in chart && Array.isArray(chart.multiline)) {
    for (const tag of chart.multiline) checkString(`${where}: multiline`, tag);
    return { multiline: { tag: chart.multiline } };
  }
  if ('margin' in chart && Array.isArray(chart.margin)) {
    const series = (chart.margin as readonly MarginSeries[]).map((edges) => {
      checkObject(`${where}: margin`, edges);
      const { value, lower, upper } = edges;
      for (const tag of [value, lower, upper]) checkString(`${where}: margin`, tag);
      return { value, lower, upper };
    });
    return { margin: { series } };
  }
  const expected = '{ multiline: [tag, ...] } or { margin: [{ value, lower, upper }, ...] }';
  throw new TypeError(`${where}: expected ${expected}, got ${kind(chart)}`);
}
