import type { MnistSource } from '@unroll/mnist-idx';

/**
 * The four files, gzipped, in a folder of a web server.
 *
 * @param folder - its URL, which ends in a slash
 * @param signal - ends what is still on its way
 */
export function fetchSource(folder: string, signal: AbortSignal): MnistSource {
  return {
    name: folder,
    async read(file) {
      const response = await fetch(new URL(`${file}.gz`, folder), { signal });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}
