import { encodeWAV } from '../audio/encode-wav.js';
import { checkCount } from '../checks/check-count.js';
import { checkNumber } from '../checks/check-number.js';
import { stringTensor } from '../messages/make-tensor-proto.js';
import { AudioEncoding, audioPluginData } from '../messages/plugin-data.js';
import type { SummaryValue } from '../messages/summary.js';
import { encodeMessage } from '../protobuf/encode-message.js';
import type { Init } from '../protobuf/message-type.js';
import { type Later, whenThere } from '../values/later.js';
import type { Numbers, NumbersInput } from '../values/numbers.js';
import { readNumbers } from '../values/read-numbers.js';
import { metadataOf, type SummaryOptions } from './summary-options.js';

/** How sound is written. */
export interface AudioOptions extends SummaryOptions {
  /** Frames per second; a whole number from 1. Default 44100. */
  readonly sampleRate?: number | undefined;
  /** How many clips of a batch are written, the first ones; a whole number from 1. Default 3. */
  readonly maxOutputs?: number | undefined;
}

// What the fields of a WAV file hold.
const MAX_CHANNELS = 0xffff;
const MAX_SAMPLE_RATE = 0xffffffff;

/**
 * Clips as WAV files. Samples are in [-1, 1], of shape `[frames]`, `[frames, channels]` or
 * `[batch, frames, channels]`.
 */
export function audioSummary(
  where: string,
  tag: string,
  samples: NumbersInput,
  options: AudioOptions,
): Later<Init<SummaryValue>> {
  const { sampleRate = 44100, maxOutputs = 3 } = options;
  checkNumber(
    `${where}: sampleRate`,
    sampleRate,
    `a whole number from 1 to ${MAX_SAMPLE_RATE}`,
    (value) => Number.isSafeInteger(value) && value >= 1 && value <= MAX_SAMPLE_RATE,
  );
  checkCount(`${where}: maxOutputs`, maxOutputs);
  const content = encodeMessage(audioPluginData, { encoding: AudioEncoding.WAV });
  return whenThere(readNumbers(`${where}: samples`, samples), (numbers) => {
    const { batch, frames, channels } = clipsOf(`${where}: samples`, numbers);
    const length = frames * channels;
    const data = Float32Array.from(numbers.data);
    // Each clip is followed by a label, which nobody shows.
    const strings = Array.from({ length: Math.min(batch, maxOutputs) }, (_, i) => {
      const clip = data.subarray(i * length, (i + 1) * length);
      return [encodeWAV({ samples: clip, channels, sampleRate }), ''];
    });
    return {
      tag,
      tensor: stringTensor(strings.flat(), [strings.length, 2]),
      metadata: metadataOf('audio', options, content),
    };
  });
}

function clipsOf(
  where: string,
  { shape, integer }: Numbers,
): { readonly batch: number; readonly frames: number; readonly channels: number } {
  if (integer) {
    throw new TypeError(`${where}: expected fractions in [-1, 1], got an array of integers`);
  }
  const [batch = 0, frames = 0, channels = 0] =
    shape.length === 3 ? shape : [1, ...shape, ...(shape.length === 1 ? [1] : [])];
  if (shape.length <= 3 && batch > 0 && frames > 0 && channels > 0 && channels <= MAX_CHANNELS) {
    return { batch, frames, channels };
  }
  const expected = 'a shape [frames], [frames, channels] or [batch, frames, channels]';
  throw new RangeError(`${where}: expected ${expected}, got [${shape.join(', ')}]`);
}
