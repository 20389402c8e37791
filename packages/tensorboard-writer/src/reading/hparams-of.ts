import { type HParamValue, hparamsPluginData } from '../messages/hparams-plugin-data.js';
import type { SummaryMetadata } from '../messages/summary-metadata.js';
import { decodeMessage } from '../protobuf/decode-message.js';
import type { HParams } from './summary.js';

/**
 * The hyperparameters in a tag's metadata.
 *
 * @returns undefined if there are none: other values of the plugin say which columns its table has, and
 *   how a run ended
 */
export function hparamsOf({ pluginData }: SummaryMetadata): HParams | undefined {
  const entries = [...(sessionHParams(pluginData?.content) ?? [])];
  const values = entries.flatMap(([name, value]) => {
    const plain = plainValue(value);
    return plain === undefined ? [] : ([[name, plain]] as const);
  });
  return values.length === 0 ? undefined : new Map(values);
}

function sessionHParams(
  content: Uint8Array | undefined,
): ReadonlyMap<string, HParamValue> | undefined {
  if (content === undefined) return undefined;
  try {
    return decodeMessage(hparamsPluginData, content).sessionStartInfo?.hparams;
  } catch {
    // The event is whole; what a plugin finds in it is not for a reader of events to refuse.
    return undefined;
  }
}

function plainValue({
  numberValue,
  stringValue,
  boolValue,
}: HParamValue): number | string | boolean | undefined {
  return numberValue ?? stringValue ?? boolValue;
}
