import type { Answer, AskOptions } from '../fetching/answer.js';
import { Patience } from '../fetching/patience.js';

/** Asks for a URL by the platform's `fetch`. */
export async function askByFetch(url: string, options: AskOptions): Promise<Answer> {
  const { headers = {}, signal, timeout } = options;
  const patience = new Patience(timeout, signal);
  const response = await patience.waitFor(fetch(url, { headers, signal: patience.signal }));
  const reader = response.body?.getReader();
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    async read() {
      if (reader === undefined) return undefined;
      const { value } = await patience.waitFor(reader.read());
      return value;
    },
    close: () => patience.end(),
  };
}
