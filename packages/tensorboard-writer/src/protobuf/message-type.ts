/** The scalar types of protobuf that event files use; an enum is an int32 on the wire. */
export type ScalarType = 'double' | 'float' | 'int32' | 'int64' | 'bool' | 'string' | 'bytes';

type ScalarValue<T extends ScalarType> = {
  double: number;
  float: number;
  int32: number;
  /** A number, exact up to 2^53: steps, sizes and counts. */
  int64: number;
  bool: boolean;
  string: string;
  bytes: Uint8Array;
}[T];

/** How many values a field has on the wire, and whether its zero is written (proto3's presence). */
type Cardinality = 'implicit' | 'optional' | 'repeated' | 'map';

/** One field of a message; `Value` is what it holds in JavaScript. */
export interface Field<Value = unknown> {
  readonly number: number;
  readonly cardinality: Cardinality;
  /** A scalar's name, or the message it holds; a function where types hold each other. */
  readonly type: ScalarType | (() => MessageType<object>);
  /** Never there: it carries the type only. */
  readonly value?: Value;
}

/** The fields of a message by their names in JavaScript. */
export interface MessageType<Message extends object> {
  /** Its full name in the `.proto` files of this package. */
  readonly name: string;
  readonly fields: readonly (readonly [name: string, field: Field])[];
  readonly message?: Message;
}

/** What a message may be made of: fields that are left out have their default. */
export type Init<T> = T extends number | boolean | string | Uint8Array | undefined
  ? T
  : T extends ReadonlyMap<string, infer V>
    ? ReadonlyMap<string, Init<V>>
    : T extends readonly number[]
      ? ArrayLike<number>
      : T extends readonly (infer V)[]
        ? readonly Init<V>[]
        : { readonly [K in keyof T]?: Init<T[K]> | undefined };

/** Declares a message; the fields are written in the order of their numbers. */
/* @__NO_SIDE_EFFECTS__ */
export function message<Message extends object>(
  name: string,
  fields: { readonly [K in keyof Message]-?: Field<Message[K]> },
): MessageType<Message> {
  const entries = Object.entries<Field>(fields);
  return { name, fields: entries.toSorted(([, a], [, b]) => a.number - b.number) };
}

/** A scalar whose zero is not written, and which reads as zero where it is not there. */
/* @__NO_SIDE_EFFECTS__ */
export function scalar<T extends ScalarType>(number: number, type: T): Field<ScalarValue<T>> {
  return { number, cardinality: 'implicit', type };
}

/** A scalar that is either there, zero or not, or undefined: a member of a oneof. */
/* @__NO_SIDE_EFFECTS__ */
export function optional<T extends ScalarType>(
  number: number,
  type: T,
): Field<ScalarValue<T> | undefined> {
  return { number, cardinality: 'optional', type };
}

/** A message that is there or undefined. */
/* @__NO_SIDE_EFFECTS__ */
export function embedded<M extends object>(
  number: number,
  type: () => MessageType<M>,
): Field<M | undefined> {
  return { number, cardinality: 'optional', type };
}

/** Any number of scalars; numbers are packed. */
/* @__NO_SIDE_EFFECTS__ */
export function repeated<T extends ScalarType>(
  number: number,
  type: T,
): Field<readonly ScalarValue<T>[]> {
  return { number, cardinality: 'repeated', type };
}

/** Any number of messages. */
/* @__NO_SIDE_EFFECTS__ */
export function repeatedMessage<M extends object>(
  number: number,
  type: () => MessageType<M>,
): Field<readonly M[]> {
  return { number, cardinality: 'repeated', type };
}

/** Messages by name, each once. */
/* @__NO_SIDE_EFFECTS__ */
export function mapOf<M extends object>(
  number: number,
  type: () => MessageType<M>,
): Field<ReadonlyMap<string, M>> {
  return { number, cardinality: 'map', type };
}
