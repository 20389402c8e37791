import type { BlockShape } from './block-shape.js';
import { controlWords, messageLength } from './control-words.js';

/** What a thread is started with. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array;
  readonly block: BlockShape;
  /** For each number of parts the order in which it looks at them. */
  readonly orders: readonly (readonly number[])[];
}

/**
 * Longer than a pass of a small network takes to begin, shorter than anyone would miss: what a thread
 * looks for its next turn before it sleeps, in milliseconds.
 */
export const spinFor = 2;

const { turn, pending, operation, failed, count, free, message, parts } = controlWords;

/**
 * The program of the other threads; it has to be whole in itself. It says `ready` once it has started the
 * core, then never comes back from its loop: who starts it ends it by `terminate`.
 */
export const workerProgram: string = `
const serve = ({ module, memory, control, block, orders }, sayReady) => {
  const { run, setBlock } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  setBlock(block.rows, block.columns);
  sayReady();
  let seen = 0;
  for (;;) {
    const until = performance.now() + ${spinFor};
    while (Atomics.load(control, ${turn}) === seen && performance.now() < until);
    Atomics.wait(control, ${turn}, seen);
    if (Atomics.load(control, ${turn}) === seen) continue;
    seen = Atomics.load(control, ${turn});
    for (const at of orders[control[${count}]]) {
      if (Atomics.exchange(control, ${free} + at, 0) === 0) continue;
      try {
        run(control[${operation}], control[${parts} + at]);
      } catch (error) {
        if (Atomics.exchange(control, ${failed}, 1) === 0) {
          const text = String(error).slice(0, ${messageLength}) + '\\0';
          for (let i = 0; i < text.length; i++) control[${message} + i] = text.charCodeAt(i);
        }
      }
      if (Atomics.sub(control, ${pending}, 1) === 1) Atomics.notify(control, ${pending});
    }
  }
};`;
