/** A piece of the core's memory. */
export interface Block {
  readonly address: number;
  readonly size: number;
}

const pageSize = 65_536;
const alignment = 64;

/** Before it nothing, so that no address is 0, and the activations' numbers (assembly/activation.as). */
const beginning = 192;

/**
 * Hands out pieces of a WebAssembly memory and takes them back, first fit, neighbours joined. A training
 * step asks for the same sizes again and again, so after the first one nothing grows.
 */
export class Arena {
  readonly #memory: WebAssembly.Memory;
  readonly #mostBytes: number;
  /** Free pieces by address. */
  #free: Block[] = [];
  #end = beginning;

  /** @param mostPages - the memory's maximum */
  constructor(memory: WebAssembly.Memory, mostPages: number) {
    this.#memory = memory;
    this.#mostBytes = mostPages * pageSize;
  }

  /** Bytes that are handed out. */
  get used(): number {
    return this.#end - beginning - this.#free.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * @param bytes - how many are needed
   * @throws RangeError if the memory cannot grow that far
   */
  take(bytes: number): Block {
    const size = Math.ceil(Math.max(bytes, 1) / alignment) * alignment;
    const at = this.#free.findIndex((block) => block.size >= size);
    if (at >= 0) {
      const { address, size: whole } = this.#free[at]!;
      const rest = whole === size ? [] : [{ address: address + size, size: whole - size }];
      this.#free.splice(at, 1, ...rest);
      return { address, size };
    }
    const address = this.#end;
    this.#grow(address + size);
    this.#end = address + size;
    return { address, size };
  }

  give({ address, size }: Block): void {
    const at = this.#free.findIndex((block) => block.address > address);
    this.#free.splice(at < 0 ? this.#free.length : at, 0, { address, size });
    const joined: Block[] = [];
    for (const block of this.#free) {
      const last = joined.at(-1);
      if (last !== undefined && last.address + last.size === block.address) {
        joined[joined.length - 1] = { address: last.address, size: last.size + block.size };
      } else joined.push(block);
    }
    const last = joined.at(-1);
    if (last !== undefined && last.address + last.size === this.#end) {
      this.#end = last.address;
      joined.pop();
    }
    this.#free = joined;
  }

  #grow(bytes: number): void {
    if (bytes > this.#mostBytes) {
      throw new RangeError(
        `rnn-kernels: expected sequences that take at most ${this.#mostBytes} bytes of memory at once, got some that take ${bytes}`,
      );
    }
    const missing = bytes - this.#memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.#memory.grow(Math.ceil(missing / pageSize));
    } catch {
      throw new RangeError(
        `rnn-kernels: expected ${bytes} bytes of memory for sequences, got ${this.#memory.buffer.byteLength} from the engine and no more`,
      );
    }
  }
}
