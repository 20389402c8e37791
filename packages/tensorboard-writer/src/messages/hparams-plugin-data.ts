import {
  embedded,
  mapOf,
  message,
  type MessageType,
  optional,
  repeatedMessage,
  scalar,
} from '../protobuf/message-type.js';

/** What the hparams plugin knows of a tag: one of the three, by the tag. */
export interface HParamsPluginData {
  readonly experiment: Experiment | undefined;
  readonly sessionStartInfo: SessionStartInfo | undefined;
  readonly sessionEndInfo: SessionEndInfo | undefined;
}

/** Which hyperparameters and metrics the table of all runs has. */
interface Experiment {
  readonly hparamInfos: readonly HParamInfo[];
  readonly metricInfos: readonly MetricInfo[];
}

/** A column of a hyperparameter. */
export interface HParamInfo {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** An {@link HParamType}. */
  readonly type: number;
  readonly domainDiscrete: HParamValues | undefined;
  readonly domainInterval: Interval | undefined;
}

/** The types of hyperparameters. */
export const HParamType = { STRING: 1, BOOL: 2, FLOAT64: 3 } as const;

/** A range of numbers, both ends included. */
interface Interval {
  readonly minValue: number;
  readonly maxValue: number;
}

/** A column of a metric: the last value of a scalar tag. */
export interface MetricInfo {
  readonly name: MetricName | undefined;
  readonly displayName: string;
  readonly description: string;
}

/** A scalar tag, and the directory below the session's that has it. */
interface MetricName {
  readonly group: string;
  readonly tag: string;
}

/** The row of a run. */
interface SessionStartInfo {
  readonly hparams: ReadonlyMap<string, HParamValue>;
  readonly groupName: string;
  readonly startTimeSecs: number;
}

/** How a run ended. */
interface SessionEndInfo {
  /** A {@link SessionEndStatus}. */
  readonly status: number;
  readonly endTimeSecs: number;
}

/** How a run can end. */
export const SessionEndStatus = { SUCCESS: 1, FAILURE: 2 } as const;

/** One of a number, a string and a truth value; a google.protobuf.Value. */
export interface HParamValue {
  readonly numberValue: number | undefined;
  readonly stringValue: string | undefined;
  readonly boolValue: boolean | undefined;
}

/** A google.protobuf.ListValue. */
interface HParamValues {
  readonly values: readonly HParamValue[];
}

const hparamValue: MessageType<HParamValue> = message('HParamValue', {
  numberValue: optional(2, 'double'),
  stringValue: optional(3, 'string'),
  boolValue: optional(4, 'bool'),
});

const hparamValues: MessageType<HParamValues> = message('HParamValues', {
  values: repeatedMessage(1, () => hparamValue),
});

const interval: MessageType<Interval> = message('Interval', {
  minValue: scalar(1, 'double'),
  maxValue: scalar(2, 'double'),
});

const hparamInfo: MessageType<HParamInfo> = message('HParamInfo', {
  name: scalar(1, 'string'),
  displayName: scalar(2, 'string'),
  description: scalar(3, 'string'),
  type: scalar(4, 'int32'),
  domainDiscrete: embedded(5, () => hparamValues),
  domainInterval: embedded(6, () => interval),
});

const metricName: MessageType<MetricName> = message('MetricName', {
  group: scalar(1, 'string'),
  tag: scalar(2, 'string'),
});

const metricInfo: MessageType<MetricInfo> = message('MetricInfo', {
  name: embedded(1, () => metricName),
  displayName: scalar(3, 'string'),
  description: scalar(4, 'string'),
});

const experiment: MessageType<Experiment> = message('Experiment', {
  hparamInfos: repeatedMessage(4, () => hparamInfo),
  metricInfos: repeatedMessage(5, () => metricInfo),
});

const sessionStartInfo: MessageType<SessionStartInfo> = message('SessionStartInfo', {
  hparams: mapOf(1, () => hparamValue),
  groupName: scalar(4, 'string'),
  startTimeSecs: scalar(5, 'double'),
});

const sessionEndInfo: MessageType<SessionEndInfo> = message('SessionEndInfo', {
  status: scalar(1, 'int32'),
  endTimeSecs: scalar(2, 'double'),
});

export const hparamsPluginData: MessageType<HParamsPluginData> = message('HParamsPluginData', {
  experiment: embedded(2, () => experiment),
  sessionStartInfo: embedded(3, () => sessionStartInfo),
  sessionEndInfo: embedded(4, () => sessionEndInfo),
});
