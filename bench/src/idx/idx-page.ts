import { markdownTable } from '../race/markdown-table.ts';
import type { Spread } from '../statistics.ts';
import type { BrowserTimes } from './browser-times.ts';
import type { IdxRace } from './race-idx.ts';

export interface IdxPageOptions extends IdxRace {
  /** Bytes. */
  readonly peaks: { readonly raw: number; readonly gzip: number };
  readonly dataBytes: number;
  readonly gzipBytes: number;
  readonly browser: BrowserTimes;
  /** Microseconds. */
  readonly batches: ReadonlyMap<string, Spread>;
  readonly rounds: number;
  readonly machine: string;
}

type Row = readonly [title: string, key: string];

/** IDX.md. */
export function idxPage(options: IdxPageOptions): string {
  const { batches, browser, dataBytes, gzipBytes, machine, numpy, peaks, rounds, times } = options;
  const table = (rows: readonly Row[], base: string): string => {
    const lines = rows.map(([title, key]) => line(title, times.get(key), times.get(base)));
    return markdownTable(header('ms'), lines, right);
  };
  const inPage = [
    line('its own `DecompressionStream`', browser.platform, browser.platform),
    line('`readIdx`', browser.ours, browser.platform),
  ];
  return `# Reading IDX

Written by \`pnpm bench:idx\`: MNIST's 60,000 training images, ${millions(dataBytes)} MB, gzipped ${millions(gzipBytes)} MB, in memory at the
start. All take turns, ${rounds} rounds after two to warm up: medians and quartiles.

## Raw bytes to float32 from 0 to 1, \`[60000, 28, 28]\`, SHA-256 checked

Both sides give the same floats to the last bit, which is checked. The floats are 188 MB: in fresh memory most of
the time is Linux handing out pages. numpy asks for huge ones by itself, Node where it is started with
\`GLIBC_TUNABLES=glibc.malloc.hugetlb=1\`. Memory that is kept needs none of that.

${table(
  [
    ['numpy and hashlib', 'numpy scaled'],
    ['`readScaledFile` into memory that is kept', 'node scaled-into'],
    ['`readScaledFile` into fresh memory, huge pages', 'huge scaled'],
    ['`readScaledFile` into fresh memory', 'node scaled'],
    ['numpy, divided by 255', 'numpy scaled-divided'],
    ['numpy without huge pages', 'small scaled'],
    ['numpy into memory that is kept (`out`)', 'numpy scaled-into'],
  ],
  'numpy scaled',
)}

## Gzip in Node

${table(
  [
    ['`zlib.gunzipSync`', 'node zlib'],
    ['`readIdxFile`', 'node gzip'],
    ['`readIdxFile`, SHA-256 checked', 'node gzip-hash'],
    ['`zlib.gunzipSync` told the size beforehand', 'node zlib-one-chunk'],
    ["`readIdx`: the core's, as in a page", 'core gzip-core'],
  ],
  'node zlib',
)}

Peak of \`arrayBuffers\` with the hash, of a process that reads the file: raw ${millions(peaks.raw)} MB (${ratio(peaks.raw, dataBytes)} of the data); gzipped
${millions(peaks.gzip)} MB, which is data, compressed bytes and ${millions(peaks.gzip - dataBytes - gzipBytes)} MB.

## Gzip in a page

${markdownTable(header('ms'), inPage, right)}

${browser.browser}, headless.

## As many bytes of float64, big-endian

${table(
  [
    ['numpy: `astype`', 'numpy wide'],
    ['`readIdxFile`', 'node wide-node'],
    ['`readIdxFile`, huge pages', 'huge wide-node'],
    ["`parseIdx`: the core's, as in a page", 'node wide'],
  ],
  'numpy wide',
)}

## Batches of 128

${markdownTable(
  header('µs'),
  [...batches].map(([title, spread]) => line(title, spread, undefined)),
  right,
)}

${machine}. Node ${process.versions.node}, ${numpy ?? 'no Python was named (--python)'}. ${new Date().toISOString().slice(0, 10)}.
`;
}

const right = { alignRight: [1, 2, 3] };

function header(unit: string): readonly string[] {
  return ['', `median, ${unit}`, 'quartiles', 'times the first'];
}

function line(title: string, spread: Spread | undefined, base: Spread | undefined): string[] {
  if (spread === undefined) return [title, '-'];
  const { lower, median, upper } = spread;
  const times = base === undefined ? '' : ratio(median, base.median);
  return [title, median.toFixed(1), `${lower.toFixed(1)} to ${upper.toFixed(1)}`, times];
}

function ratio(value: number, base: number): string {
  return (value / base).toFixed(2);
}

function millions(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
