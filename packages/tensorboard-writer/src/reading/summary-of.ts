import type { Event } from '../messages/event.js';
import type { SummaryMetadata } from '../messages/summary-metadata.js';
import type { HistogramProto, SummaryValue } from '../messages/summary.js';
import { hparamsOf } from './hparams-of.js';
import type { HistogramSummary, LoggedSummary, SummaryPlace } from './summary.js';
import { type TensorValue, tensorValueOf } from './tensor-value.js';

type Content<Kind extends LoggedSummary = LoggedSummary> = Kind extends LoggedSummary
  ? Omit<Kind, keyof SummaryPlace>
  : never;

/**
 * A value of an event, by its kind.
 *
 * @param metadata - what is known of its tag
 */
export function summaryOf(
  { step, wallTime }: Event,
  value: SummaryValue,
  metadata: SummaryMetadata | undefined,
): LoggedSummary {
  const place: SummaryPlace = {
    tag: value.tag,
    step,
    wallTime,
    plugin: metadata?.pluginData?.pluginName ?? '',
    displayName: metadata?.displayName ?? '',
    description: metadata?.summaryDescription ?? '',
  };
  if (place.plugin !== 'hparams') return { ...place, ...contentOf(value, place.plugin) };
  // In the metadata alone, whatever tensor a writer puts beside it.
  const hparams = metadata && hparamsOf(metadata);
  return hparams ? { ...place, kind: 'hparams', hparams } : { ...place, kind: 'other', value };
}

/**
 * The number of a scalar in any of its forms, or undefined if the value is none.
 *
 * @param plugin - the plugin of its tag
 */
export function scalarOf(value: SummaryValue, plugin: string | undefined): number | undefined {
  if (value.simpleValue !== undefined) return value.simpleValue;
  if (value.tensor === undefined || plugin !== 'scalars') return undefined;
  const tensor = tensorValueOf(value.tensor);
  return tensor === undefined ? undefined : scalarOfTensor(tensor);
}

function scalarOfTensor({ dtype, data }: TensorValue): number | undefined {
  return dtype !== 'string' && data.length === 1 ? data[0] : undefined;
}

function contentOf(value: SummaryValue, plugin: string): Content {
  const { simpleValue, histo, image, audio } = value;
  if (simpleValue !== undefined) return { kind: 'scalar', value: simpleValue };
  if (histo !== undefined && histo.bucket.length === histo.bucketLimit.length)
    return { kind: 'histogram', ...bucketsOf(histo) };
  if (image !== undefined) {
    const { width, height, encodedImageString } = image;
    return { kind: 'image', width, height, images: [encodedImageString] };
  }
  if (audio !== undefined) return { kind: 'audio', clips: [audio.encodedAudioString] };
  const tensor = value.tensor && tensorValueOf(value.tensor);
  if (tensor === undefined) return { kind: 'other', value };
  return contentOfTensor(tensor, plugin) ?? { kind: 'tensor', tensor };
}

/** What a plugin's tensor is, or undefined if its type or shape is not the plugin's. */
function contentOfTensor(tensor: TensorValue, plugin: string): Content | undefined {
  if (plugin === 'scalars') {
    const value = scalarOfTensor(tensor);
    return value === undefined ? undefined : { kind: 'scalar', value };
  }
  if (plugin === 'histograms') return histogramOfTensor(tensor);
  if (tensor.dtype !== 'string') return undefined;
  const { shape, data } = tensor;
  if (plugin === 'images' && data.length >= 2) {
    const [width, height] = [Number(decoded(data[0]!)), Number(decoded(data[1]!))];
    return { kind: 'image', width, height, images: data.slice(2) };
  }
  if (plugin === 'audio') {
    // Older ones have a label beside each clip.
    const columns = shape.length === 2 ? shape[1]! : 1;
    return { kind: 'audio', clips: data.filter((_, i) => i % columns === 0) };
  }
  return plugin === 'text' ? { kind: 'text', shape, texts: data.map(decoded) } : undefined;
}

/** Rows of left edge, right edge and count. */
function histogramOfTensor({ dtype, shape, data }: TensorValue): Content | undefined {
  if (dtype === 'string' || shape.length !== 2 || (shape[1] !== 3 && data.length > 0))
    return undefined;
  const column = (at: number): Float64Array =>
    Float64Array.from({ length: data.length / 3 }, (_, row) => data[3 * row + at]!);
  return { kind: 'histogram', lefts: column(0), rights: column(1), counts: column(2) };
}

/**
 * TensorFlow 1's histogram as TensorBoard shows it: without the empty buckets at both ends, and
 * with the smallest and the largest value as the outer edges, for the first and the last limit can
 * be the end of all numbers.
 */
function bucketsOf({
  min,
  max,
  bucketLimit,
  bucket,
}: HistogramProto): Omit<Content<HistogramSummary>, 'kind'> {
  const first = bucket.findIndex((count) => count > 0);
  const last = bucket.findLastIndex((count) => count > 0);
  if (first < 0) {
    return { lefts: new Float64Array(), rights: new Float64Array(), counts: new Float64Array() };
  }
  const inner = bucketLimit.slice(first, last);
  return {
    lefts: Float64Array.from([min, ...inner]),
    rights: Float64Array.from([...inner, max]),
    counts: Float64Array.from(bucket.slice(first, last + 1)),
  };
}

const decoder = /* @__PURE__ */ new TextDecoder();

function decoded(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
