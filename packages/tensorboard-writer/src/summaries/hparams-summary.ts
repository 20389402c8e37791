import { checkNumber } from '../checks/check-number.js';
import { checkObject } from '../checks/check-object.js';
import { checkString } from '../checks/check-string.js';
import { checkTag } from '../checks/check-tag.js';
import { checkWallTime } from '../checks/check-wall-time.js';
import { kind } from '../checks/kind.js';
import {
  type HParamInfo,
  type HParamsPluginData,
  hparamsPluginData,
  HParamType,
  type HParamValue,
  type MetricInfo,
  SessionEndStatus,
} from '../messages/hparams-plugin-data.js';
import { numberTensor } from '../messages/make-tensor-proto.js';
import type { SummaryValue } from '../messages/summary.js';
import { encodeMessage } from '../protobuf/encode-message.js';
import type { Init } from '../protobuf/message-type.js';
import type { HParam, HParamColumn, HParamsOptions } from './hparams-options.js';
import { metadataOf } from './summary-options.js';

/** The row of a run and, if anything is said about it, the table of all runs. */
export function hparamsSummary(
  where: string,
  values: Readonly<Record<string, HParam>>,
  options: HParamsOptions & { readonly startTime: number },
): Init<SummaryValue>[] {
  const { metrics, columns, trialId = '', startTime } = options;
  checkObject(`${where}: values`, values);
  for (const [name, value] of Object.entries(values)) checkHParam(`${where}: ${name}`, value);
  checkString(`${where}: trialId`, trialId);
  checkWallTime(`${where}: startTime`, startTime);
  const names = Object.keys(values).toSorted();
  const hparams = new Map(names.map((name) => [name, valueOf(values[name] ?? '')]));
  const start = summaryOf('session_start_info', {
    sessionStartInfo: { hparams, groupName: trialId, startTimeSecs: startTime },
  });
  if (metrics === undefined && columns === undefined) return [start];
  checkColumns(`${where}: columns`, columns ?? {}, values);
  const experiment = {
    hparamInfos: names.map((name) => hparamInfo(name, values[name] ?? '', columns?.[name])),
    metricInfos: metricInfos(`${where}: metrics`, metrics ?? []),
  };
  return [summaryOf('experiment', { experiment }), start, ...metricValues(metrics)];
}

/** How the run ended. */
export function sessionEndSummary(
  where: string,
  status: 'success' | 'failure',
  endTimeSecs: number,
): Init<SummaryValue> {
  if (status !== 'success' && status !== 'failure') {
    const message = `${where}: status: expected 'success' or 'failure', got ${kind(status)}`;
    throw typeof status === 'string' ? new RangeError(message) : new TypeError(message);
  }
  const number = status === 'success' ? SessionEndStatus.SUCCESS : SessionEndStatus.FAILURE;
  return summaryOf('session_end_info', { sessionEndInfo: { status: number, endTimeSecs } });
}

/** All is in the metadata; the value is an empty tensor. */
function summaryOf(name: string, data: Init<HParamsPluginData>): Init<SummaryValue> {
  return {
    tag: `_hparams_/${name}`,
    tensor: numberTensor(new Float32Array(), [0]),
    metadata: metadataOf('hparams', {}, encodeMessage(hparamsPluginData, data)),
  };
}

function valueOf(value: HParam): Init<HParamValue> {
  if (typeof value === 'boolean') return { boolValue: value };
  return typeof value === 'number' ? { numberValue: value } : { stringValue: value };
}

function hparamInfo(name: string, value: HParam, column: HParamColumn = {}): Init<HParamInfo> {
  const { displayName, description, domain } = column;
  const type = { boolean: HParamType.BOOL, number: HParamType.FLOAT64, string: HParamType.STRING }[
    typeof value as 'boolean' | 'number' | 'string'
  ];
  const info = { name, displayName, description, type };
  if (domain === undefined) return info;
  return 'min' in domain
    ? { ...info, domainInterval: { minValue: domain.min, maxValue: domain.max } }
    : { ...info, domainDiscrete: { values: domain.map(valueOf) } };
}

function metricInfos(
  where: string,
  metrics: NonNullable<HParamsOptions['metrics']>,
): Init<MetricInfo>[] {
  if (!Array.isArray(metrics)) {
    checkObject(where, metrics);
    for (const [tag, value] of Object.entries(metrics)) {
      checkTag(where, tag);
      checkNumber(`${where}: ${tag}`, value, 'a number');
    }
  }
  const list: readonly unknown[] = Array.isArray(metrics) ? metrics : Object.keys(metrics);
  return list.map((metric, i) => {
    const { tag, group, displayName, description } =
      typeof metric === 'object' && metric !== null
        ? (metric as { tag: string; group?: string; displayName?: string; description?: string })
        : { tag: metric as string };
    checkTag(`${where}: ${i}`, tag);
    for (const text of [group, displayName, description]) {
      if (text !== undefined) checkString(`${where}: ${tag}`, text);
    }
    return { name: { group, tag }, displayName, description };
  });
}

/** Values of metrics, where they are given along. */
function metricValues(metrics: HParamsOptions['metrics']): Init<SummaryValue>[] {
  if (metrics === undefined || Array.isArray(metrics)) return [];
  return Object.entries(metrics).map(([tag, simpleValue]) => ({ tag, simpleValue }));
}

function checkHParam(where: string, value: unknown): void {
  if (typeof value === 'boolean') return;
  if (typeof value === 'string') checkString(where, value);
  else checkNumber(where, value, 'a finite number, a string or a boolean', Number.isFinite);
}

function checkColumns(
  where: string,
  columns: Readonly<Record<string, HParamColumn>>,
  values: Readonly<Record<string, HParam>>,
): void {
  checkObject(where, columns);
  for (const [name, column] of Object.entries(columns)) {
    checkObject(`${where}: ${name}`, column);
    const { displayName, description, domain } = column;
    const value = values[name];
    if (value === undefined) {
      throw new RangeError(`${where}: expected names of hyperparameters, got ${kind(name)}`);
    }
    for (const text of [displayName, description]) {
      if (text !== undefined) checkString(`${where}: ${name}`, text);
    }
    if (domain !== undefined) checkDomain(`${where}: ${name}: domain`, domain, value);
  }
}

function checkDomain(
  where: string,
  domain: NonNullable<HParamColumn['domain']>,
  value: HParam,
): void {
  if (!Array.isArray(domain)) checkObject(where, domain);
  if ('min' in domain) {
    checkNumber(`${where}: min`, domain.min, 'a finite number', Number.isFinite);
    checkNumber(`${where}: max`, domain.max, 'a finite number', Number.isFinite);
    if (typeof value === 'number') return;
  } else if (Array.isArray(domain) && domain.every((choice) => typeof choice === typeof value)) {
    return;
  }
  throw new TypeError(`${where}: expected values of the type of ${kind(value)}, got others`);
}
