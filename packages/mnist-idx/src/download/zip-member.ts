import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { MAX_DOWNLOAD_BYTES } from '../fetching/mirrors.js';

/** Reads one file of a zip archive; nothing else of the archive comes into memory. */
export async function readZipMember(path: string, member: string): Promise<Uint8Array> {
  const zip = await yauzl.openPromise(path);
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== member) continue;
      if (entry.uncompressedSize > MAX_DOWNLOAD_BYTES) break;
      return await buffer(await zip.openReadStreamPromise(entry));
    }
  } finally {
    zip.close();
  }
  throw new Error(`expected an archive that has ${member}`);
}
