import { WireType } from '@bufbuild/protobuf/wire';
import type { Field, MessageType, ScalarType } from './message-type.js';
import { WIRE_TYPES } from './wire-types.js';

/** A message as decoding wants it: fields found by number, defaults ready to be copied. */
export interface DecodingPlan {
  readonly name: string;
  readonly fields: ReadonlyMap<number, PlannedField>;
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** A field as decoding wants it. */
export interface PlannedField extends Field {
  readonly name: string;
  readonly wireType: WireType;
  /** Whether all its numbers may come together, as bytes. */
  readonly packable: boolean;
  /** The plan of the message that it holds; a function, as types hold each other. */
  readonly nested: () => DecodingPlan;
}

// What a message lacks costs no memory of its own: readers get these as readonly.
const NONE: readonly unknown[] = /* @__PURE__ */ Object.freeze([]);
const ZEROS: Readonly<Record<ScalarType, unknown>> = {
  double: 0,
  float: 0,
  int32: 0,
  int64: 0,
  bool: false,
  string: '',
  bytes: /* @__PURE__ */ new Uint8Array(),
};

const plans = new WeakMap<MessageType<object>, DecodingPlan>();

/** The plan of a type, made once. */
export function decodingPlan(type: MessageType<object>): DecodingPlan {
  const known = plans.get(type);
  if (known !== undefined) return known;
  const plan: DecodingPlan = {
    name: type.name,
    fields: new Map(type.fields.map(([name, field]) => [field.number, plannedField(name, field)])),
    defaults: Object.fromEntries(type.fields.map(([name, field]) => [name, defaultOf(field)])),
  };
  plans.set(type, plan);
  return plan;
}

function plannedField(name: string, field: Field): PlannedField {
  const { type } = field;
  let plan: DecodingPlan | undefined;
  if (typeof type === 'function') {
    const nested = (): DecodingPlan => (plan ??= decodingPlan(type()));
    return { ...field, name, wireType: WireType.LengthDelimited, packable: false, nested };
  }
  const wireType = WIRE_TYPES[type];
  const packable = field.cardinality === 'repeated' && wireType !== WireType.LengthDelimited;
  const nested = (): never => {
    throw new TypeError(`decodingPlan: ${name}: expected a message, got ${type}`);
  };
  return { ...field, name, wireType, packable, nested };
}

function defaultOf({ cardinality, type }: Field): unknown {
  if (cardinality === 'map') return new Map();
  if (cardinality === 'repeated') return NONE;
  return cardinality === 'implicit' ? ZEROS[type as ScalarType] : undefined;
}
