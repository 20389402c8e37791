import { embedded, message, type MessageType, scalar } from '../protobuf/message-type.js';

/** Which plugin shows a tag, and what it should know of it. */
export interface SummaryMetadata {
  readonly pluginData: PluginData | undefined;
  readonly displayName: string;
  /** Markdown. */
  readonly summaryDescription: string;
  /** A {@link DataClass}. */
  readonly dataClass: number;
}

/** A plugin's name and its own message. */
export interface PluginData {
  readonly pluginName: string;
  readonly content: Uint8Array;
}

/** How TensorBoard stores a tag's values. */
export const DataClass = { SCALAR: 1, TENSOR: 2, BLOB_SEQUENCE: 3 } as const;

const pluginData: MessageType<PluginData> = message('SummaryMetadata.PluginData', {
  pluginName: scalar(1, 'string'),
  content: scalar(2, 'bytes'),
});

export const summaryMetadata: MessageType<SummaryMetadata> = message('SummaryMetadata', {
  pluginData: embedded(1, () => pluginData),
  displayName: scalar(2, 'string'),
  summaryDescription: scalar(3, 'string'),
  dataClass: scalar(4, 'int32'),
});
