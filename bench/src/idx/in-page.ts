/* Runs in the page. */
import { readIdx } from '@unroll/mnist-idx';

interface PageTimes {
  readonly ours: number[];
  readonly platform: number[];
}

declare global {
  /** Milliseconds of each round, of ours and of the platform's own way. */
  var inPage: (base64: string, rounds: number) => Promise<PageTimes>;
}

globalThis.inPage = async (base64, rounds) => {
  const gzip = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const times: PageTimes = { ours: [], platform: [] };
  for (let round = -2; round < rounds; round++) {
    const platform = await timeOf(async () => {
      const stream = new Blob([gzip]).stream().pipeThrough(new DecompressionStream('gzip'));
      return new Response(stream).arrayBuffer();
    });
    const ours = await timeOf(() => readIdx(gzip));
    if (round < 0) continue;
    times.platform.push(platform);
    times.ours.push(ours);
  }
  return times;
};

async function timeOf(action: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await action();
  return performance.now() - begin;
}
