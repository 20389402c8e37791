import {
  embedded,
  message,
  type MessageType,
  optional,
  repeated,
  repeatedMessage,
  scalar,
} from '../protobuf/message-type.js';
import { type SummaryMetadata, summaryMetadata } from './summary-metadata.js';
import { type TensorProto, tensorProto } from './tensor-proto.js';

/** Values of one step. */
export interface Summary {
  readonly value: readonly SummaryValue[];
}

/** A tag and one of the kinds of value. */
export interface SummaryValue {
  readonly tag: string;
  readonly simpleValue: number | undefined;
  readonly image: SummaryImage | undefined;
  readonly histo: HistogramProto | undefined;
  readonly audio: SummaryAudio | undefined;
  readonly nodeName: string;
  readonly tensor: TensorProto | undefined;
  readonly metadata: SummaryMetadata | undefined;
}

/** TensorFlow 1's image: a PNG file and its size. */
export interface SummaryImage {
  readonly height: number;
  readonly width: number;
  /** Channels: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly colorspace: number;
  readonly encodedImageString: Uint8Array;
}

/** TensorFlow 1's sound: a WAV file. */
export interface SummaryAudio {
  /** Samples per second. */
  readonly sampleRate: number;
  readonly numChannels: number;
  readonly lengthFrames: number;
  readonly encodedAudioString: Uint8Array;
  readonly contentType: string;
}

/** TensorFlow 1's histogram: counts between limits. */
export interface HistogramProto {
  readonly min: number;
  readonly max: number;
  readonly num: number;
  readonly sum: number;
  readonly sumSquares: number;
  /** Right edge of each bucket. */
  readonly bucketLimit: readonly number[];
  readonly bucket: readonly number[];
}

const summaryImage: MessageType<SummaryImage> = message('Summary.Image', {
  height: scalar(1, 'int32'),
  width: scalar(2, 'int32'),
  colorspace: scalar(3, 'int32'),
  encodedImageString: scalar(4, 'bytes'),
});

const summaryAudio: MessageType<SummaryAudio> = message('Summary.Audio', {
  sampleRate: scalar(1, 'float'),
  numChannels: scalar(2, 'int64'),
  lengthFrames: scalar(3, 'int64'),
  encodedAudioString: scalar(4, 'bytes'),
  contentType: scalar(5, 'string'),
});

const histogramProto: MessageType<HistogramProto> = message('HistogramProto', {
  min: scalar(1, 'double'),
  max: scalar(2, 'double'),
  num: scalar(3, 'double'),
  sum: scalar(4, 'double'),
  sumSquares: scalar(5, 'double'),
  bucketLimit: repeated(6, 'double'),
  bucket: repeated(7, 'double'),
});

const summaryValue: MessageType<SummaryValue> = message('Summary.Value', {
  tag: scalar(1, 'string'),
  simpleValue: optional(2, 'float'),
  image: embedded(4, () => summaryImage),
  histo: embedded(5, () => histogramProto),
  audio: embedded(6, () => summaryAudio),
  nodeName: scalar(7, 'string'),
  tensor: embedded(8, () => tensorProto),
  metadata: embedded(9, () => summaryMetadata),
});

export const summary: MessageType<Summary> = message('Summary', {
  value: repeatedMessage(1, () => summaryValue),
});
