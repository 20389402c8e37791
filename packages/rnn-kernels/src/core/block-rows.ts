/** What this asks of Node and of browsers; neither's types are this package's. */
interface Engine {
  readonly process?: {
    readonly versions?: { readonly v8?: string };
    readonly execArgv?: readonly string[];
  };
  readonly navigator?: { readonly userAgent?: string };
}

/** V8 joins pairs of 128-bit vectors to 256-bit ones by this flag of Node's command line, an experiment of V8's. */
const wideFlag = '--experimental-wasm-revectorize';

/** The first V8 (Node 24, Chrome 136) whose compiler orders loads so that 12 sums, 2 factors and a third fit 15 registers. */
const orderingV8 = 13.6;

/**
 * How many rows by 8 columns a product computes at once: as many as the engine's compiler keeps in
 * registers. In operations a cycle, of 16 that a processor with two 128-bit multiply-adds has (Intel
 * Sapphire Rapids): Node 22 13.4 with 4 rows, 8 with 6; Node 24 and 26 13.2 with 4, 15.4 with 6; with
 * V8's flag for wide vectors 17 with 4, 21 with 6, 25 with 8 of 32.
 */
export function blockRowsOf({ process, navigator }: Engine): 4 | 6 | 8 {
  const version = process?.versions?.v8 ?? chromeV8(navigator?.userAgent);
  if (version === undefined || Number.parseFloat(version) < orderingV8) return 4;
  return process?.execArgv?.includes(wideFlag) === true ? 8 : 6;
}

/** Chrome's version is ten times V8's. */
function chromeV8(userAgent = ''): string | undefined {
  const chrome = /Chrome\/(?<major>\d+)(?<minor>\d)\./u.exec(userAgent)?.groups;
  return chrome && `${chrome['major']}.${chrome['minor']}`;
}
