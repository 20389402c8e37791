/** What this asks of Node and of browsers; neither's types are this package's. */
interface Engine {
  readonly process?: { readonly versions?: { readonly v8?: string } };
  readonly navigator?: { readonly userAgent?: string };
}

/** How much of a result a product computes at once: as much as the engine's compiler keeps in registers. */
export interface BlockShape {
  readonly rows: 4 | 6;
  readonly columns: 8 | 16;
}

/** The first V8 (Node 24, Chrome 136) whose compiler orders loads so that 12 sums, 2 factors and a third fit 15 registers. */
const orderingV8 = 13.6;

/**
 * The block for 128-bit vectors. In operations a cycle, of 16 that a processor with two 128-bit
 * multiply-adds has (Intel Sapphire Rapids): Node 22 13.4 with 4 rows, 8 with 6; Node 24 and 26 13.2 with
 * 4, 15.4 with 6.
 */
export function narrowBlock(engine: Engine): BlockShape {
  return { rows: ordersLoads(engine) ? 6 : 4, columns: 8 };
}

/** The block for 256-bit vectors: 27 operations a cycle, of 32; with 6 rows by 8 columns 19. */
export const wideBlock: BlockShape = { rows: 6, columns: 16 };

function ordersLoads({ process, navigator }: Engine): boolean {
  const version = process?.versions?.v8 ?? chromeV8(navigator?.userAgent);
  return version !== undefined && Number.parseFloat(version) >= orderingV8;
}

/** Chrome's version is ten times V8's. */
function chromeV8(userAgent = ''): string | undefined {
  const chrome = /Chrome\/(?<major>\d+)(?<minor>\d)\./u.exec(userAgent)?.groups;
  return chrome && `${chrome['major']}.${chrome['minor']}`;
}

/** What this uses of Node's own modules. */
interface NodeProcess {
  readonly arch: string;
  readonly platform: string;
  getBuiltinModule(name: 'node:fs'): { readFileSync: (path: string, encoding: 'utf8') => string };
  getBuiltinModule(name: 'node:v8'): { setFlagsFromString: (flags: string) => void };
}

/**
 * Lets V8 join pairs of 128-bit vectors to 256-bit ones, in all WebAssembly that it compiles for speed from
 * now on; an experiment of V8's.
 *
 * @returns why it cannot; undefined where it can
 */
export function widenVectors(): string | undefined {
  const { process } = globalThis as { readonly process?: Partial<NodeProcess> };
  if (process?.getBuiltinModule === undefined) return 'wide vectors need Node';
  const node = process as NodeProcess;
  if (!ordersLoads(globalThis)) return 'wide vectors need Node 24 or newer';
  if (!hasAVX2(node)) return 'wide vectors need AVX2, which was not found';
  node.getBuiltinModule('node:v8').setFlagsFromString('--experimental-wasm-revectorize');
  return undefined;
}

/** Only Linux says; elsewhere, what runs such a Node on x64 has it. */
function hasAVX2(process: NodeProcess): boolean {
  if (process.arch !== 'x64') return false;
  if (process.platform !== 'linux') return true;
  const fs = process.getBuiltinModule('node:fs');
  try {
    return /\bavx2\b/u.test(fs.readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return false; // A program may not be allowed to read it.
  }
}
