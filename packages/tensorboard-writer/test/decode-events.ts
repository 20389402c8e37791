import { decode } from 'fast-png';
import { layout } from '../src/messages/custom-scalars-layout.js';
import { event, type Event } from '../src/messages/event.js';
import { hparamsPluginData } from '../src/messages/hparams-plugin-data.js';
import { audioPluginData, meshPluginData, prCurvePluginData } from '../src/messages/plugin-data.js';
import type { SummaryValue } from '../src/messages/summary.js';
import type { TensorProto } from '../src/messages/tensor-proto.js';
import { decodeMessage } from '../src/protobuf/decode-message.js';
import { readRecords } from './read-events.js';

/** The events of an event file, as they are. */
export function decodeEvents(file: Uint8Array): Event[] {
  return readRecords(new Uint8Array(file)).map((data) => decodeMessage(event, data));
}

/**
 * An event in which all that can be written in two ways with one meaning is unfolded: the numbers
 * of a tensor, the plugin's own message, JSON, pixels of PNG files.
 */
export function unfold({ summary, ...rest }: Event): unknown {
  return { ...rest, values: summary?.value.map(unfoldValue) };
}

function unfoldValue({ tensor, metadata, ...rest }: SummaryValue): unknown {
  const name = metadata?.pluginData?.pluginName ?? '';
  return {
    ...rest,
    ...(tensor && { tensor: unfoldTensor(tensor, name) }),
    ...(metadata && {
      metadata: {
        ...metadata,
        pluginData: { name, content: contentOf(name, metadata.pluginData?.content) },
      },
    }),
  };
}

function contentOf(name: string, bytes: Uint8Array = new Uint8Array()): unknown {
  if (name === 'hparams') return decodeMessage(hparamsPluginData, bytes);
  if (name === 'audio') return decodeMessage(audioPluginData, bytes);
  if (name === 'pr_curves') return decodeMessage(prCurvePluginData, bytes);
  if (name !== 'mesh') return bytes;
  const data = decodeMessage(meshPluginData, bytes);
  return { ...data, jsonConfig: JSON.parse(data.jsonConfig) as unknown };
}

/** The numbers or strings of a tensor, in whichever field they are. */
export function elementsOf(tensor: TensorProto): (number | Uint8Array)[] {
  const { tensorContent, floatVal, doubleVal, stringVal } = tensor;
  if (tensorContent.length === 0) return [...floatVal, ...doubleVal, ...stringVal];
  const { buffer } = Uint8Array.from(tensorContent);
  if (tensor.dtype === 1) return [...new Float32Array(buffer)];
  if (tensor.dtype === 2) return [...new Float64Array(buffer)];
  return tensor.dtype === 3 ? [...new Int32Array(buffer)] : [...new Uint8Array(buffer)];
}

function unfoldTensor(tensor: TensorProto, plugin: string): unknown {
  const elements = elementsOf(tensor).map((element) =>
    typeof element === 'number' ? element : unfoldString(element, plugin),
  );
  return { dtype: tensor.dtype, shape: tensor.tensorShape?.dim.map(({ size }) => size), elements };
}

function unfoldString(bytes: Uint8Array, plugin: string): unknown {
  if (plugin === 'custom_scalars') return decodeMessage(layout, bytes);
  if (plugin === 'images' && bytes[0] === 0x89) {
    const { width, height, channels, depth, data } = decode(bytes);
    return { width, height, channels, depth, pixels: [...data] };
  }
  return plugin === 'audio' ? [...bytes] : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
