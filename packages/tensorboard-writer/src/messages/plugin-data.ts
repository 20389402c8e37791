import { message, type MessageType, repeated, scalar } from '../protobuf/message-type.js';

/** What the audio plugin knows of a tag. */
export interface AudioPluginData {
  readonly encoding: number;
}

/** The encodings of {@link AudioPluginData}. */
export const AudioEncoding = { WAV: 11 } as const;

/** What the PR curve plugin knows of a tag. */
export interface PRCurvePluginData {
  readonly numThresholds: number;
}

/** What the mesh plugin knows of a tag, which is one of the parts of a mesh. */
export interface MeshPluginData {
  /** Name of the whole mesh. */
  readonly name: string;
  /** A {@link MeshPart}. */
  readonly contentType: number;
  /** Settings for three.js, in JSON. */
  readonly jsonConfig: string;
  readonly shape: readonly number[];
  /** The parts that there are: bit 1 vertices, bit 2 faces, bit 3 colors. */
  readonly components: number;
}

/** The parts of a mesh. */
export const MeshPart = { VERTEX: 1, FACE: 2, COLOR: 3 } as const;

export const audioPluginData: MessageType<AudioPluginData> = message('AudioPluginData', {
  encoding: scalar(2, 'int32'),
});

export const prCurvePluginData: MessageType<PRCurvePluginData> = message('PrCurvePluginData', {
  numThresholds: scalar(2, 'int32'),
});

export const meshPluginData: MessageType<MeshPluginData> = message('MeshPluginData', {
  name: scalar(2, 'string'),
  contentType: scalar(3, 'int32'),
  jsonConfig: scalar(5, 'string'),
  shape: repeated(6, 'int32'),
  components: scalar(7, 'int32'),
});
