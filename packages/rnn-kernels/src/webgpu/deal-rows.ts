/** How the rows of a batch are dealt to workgroups, each of which walks all steps of its own. */
export interface Dealing {
  readonly rowsPerWorkgroup: number;
  readonly workgroups: number;
  readonly workgroupSize: number;
  /** Numbers of workgroup memory, a power of two; 0 where the state does not fit. */
  readonly workgroupMemory: number;
  /** Numbers of the state that are held in the result's buffer instead. */
  readonly heldInResult: number;
}

/** WebGPU grants every device 16 KiB of workgroup memory: so many float32. */
const mostWorkgroupMemory = 4096;

/** WebGPU grants every device 256 threads in a workgroup. */
const mostThreads = 256;

/** Fewer would leave some threads of a GPU's SIMD group without work. */
const fewestThreads = 32;

/** So many workgroups keep a GPU's cores busy; only then does a second row, for which no weight is read again, pay. */
const workgroupsBeforeSecondRow = 32;

/** A thread adds up so many rows in registers. */
const mostRows = 4;

/** @param slots - vectors of `units` numbers that a walk holds for each row */
export function dealRows(batch: number, units: number, slots: number): Dealing {
  const wanted = Math.min(Math.ceil(batch / workgroupsBeforeSecondRow), mostRows);
  const fitting = Math.min(Math.floor(mostWorkgroupMemory / (slots * units)), wanted);
  const rowsPerWorkgroup = fitting > 0 ? fitting : wanted;
  const workgroups = Math.ceil(batch / rowsPerWorkgroup);
  const held = slots * units * rowsPerWorkgroup;
  return {
    rowsPerWorkgroup,
    workgroups,
    workgroupSize: Math.min(Math.max(powerOfTwo(units), fewestThreads), mostThreads),
    workgroupMemory: fitting > 0 ? powerOfTwo(held) : 0,
    heldInResult: fitting > 0 ? 0 : held * workgroups,
  };
}

/** The next one: sizes in a shader's code, so that few shaders serve all networks. */
function powerOfTwo(size: number): number {
  return 2 ** Math.ceil(Math.log2(size));
}
