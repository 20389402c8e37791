/** Numbers that are computed when somebody looks at them. */
export interface LateNumbers {
  /** Called at the first look, if there is one. */
  readonly fill: (values: Float32Array) => void;
  /** Called once, when nobody will ask any more. */
  readonly drop: () => void;
}

/** What a backend of TensorFlow.js keeps of a tensor's numbers. */
export interface DataEntry {
  refCount: number;
  readonly [field: string]: unknown;
}

interface LateEntry {
  /** What a backend reads whenever it looks at the numbers, and when it frees them. */
  readonly fields: readonly string[];
  /** Computes the numbers; what it gives takes the place of fields of the entry. */
  readonly fill: () => Readonly<Record<string, unknown>>;
  readonly drop: () => void;
}

/**
 * Lets the numbers of an entry be computed at the first look at it. A look when no tensor refers to the
 * entry any more is that of the backend which frees it: then nothing is computed.
 */
export function fillAtFirstLook(entry: DataEntry, { fields, fill, drop }: LateEntry): void {
  const plain = Object.fromEntries(fields.map((field) => [field, entry[field]]));
  const settle = (values: Readonly<Record<string, unknown>>): void => {
    for (const field of fields) {
      Object.defineProperty(entry, field, { value: values[field], writable: true });
    }
  };
  const wait = (): void => {
    for (const field of fields) {
      const get = (): unknown => {
        look();
        return entry[field];
      };
      Object.defineProperty(entry, field, { get, configurable: true, enumerable: true });
    }
  };
  const look = (): void => {
    settle(plain);
    if (entry.refCount > 0) {
      try {
        settle({ ...plain, ...fill() });
      } catch (error) {
        // As before, so that the next look does not take what is there for the numbers.
        wait();
        throw error;
      }
    }
    drop();
  };
  wait();
}
