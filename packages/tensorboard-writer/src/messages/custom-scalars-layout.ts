import {
  embedded,
  message,
  type MessageType,
  repeated,
  repeatedMessage,
  scalar,
} from '../protobuf/message-type.js';

/** The charts of the custom scalars tab. */
export interface Layout {
  readonly category: readonly Category[];
}

/** Charts under one heading. */
interface Category {
  readonly title: string;
  readonly chart: readonly Chart[];
  /** Whether it is folded at first. */
  readonly closed: boolean;
}

/** One of the two kinds of chart. */
interface Chart {
  readonly title: string;
  readonly multiline: MultilineChartContent | undefined;
  readonly margin: MarginChartContent | undefined;
}

/** Several tags as lines. */
interface MultilineChartContent {
  /** Regular expressions. */
  readonly tag: readonly string[];
}

/** Lines with a band around each. */
interface MarginChartContent {
  readonly series: readonly MarginSeries[];
}

/** Tags of a line and the edges of its band. */
interface MarginSeries {
  readonly value: string;
  readonly lower: string;
  readonly upper: string;
}

const marginSeries: MessageType<MarginSeries> = message('MarginChartContent.Series', {
  value: scalar(1, 'string'),
  lower: scalar(2, 'string'),
  upper: scalar(3, 'string'),
});

const marginChartContent: MessageType<MarginChartContent> = message('MarginChartContent', {
  series: repeatedMessage(1, () => marginSeries),
});

const multilineChartContent: MessageType<MultilineChartContent> = message('MultilineChartContent', {
  tag: repeated(1, 'string'),
});

const chart: MessageType<Chart> = message('Chart', {
  title: scalar(1, 'string'),
  multiline: embedded(2, () => multilineChartContent),
  margin: embedded(3, () => marginChartContent),
});

const category: MessageType<Category> = message('Category', {
  title: scalar(1, 'string'),
  chart: repeatedMessage(2, () => chart),
  closed: scalar(3, 'bool'),
});

export const layout: MessageType<Layout> = message('Layout', {
  category: repeatedMessage(2, () => category),
});
