import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import type { Answer, AskOptions } from '../fetching/answer.js';
import { Patience } from '../fetching/patience.js';
import { MessageBody } from './message-body.js';

const MAX_REDIRECTS = 10;
const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

/**
 * Asks for a URL by Node's own client, and follows redirects.
 *
 * Not by `fetch`: that of Node 22 brings the process down, past all error handling, when a server
 * that closes the connection after its answer does so while the reader takes its time
 * (nodejs/undici#5360). A body comes as it is on the wire, `Content-Encoding` or not, which for files that
 * are compressed anyway is as well: some servers call the file's own gzip an encoding.
 */
export async function askByNode(url: string, options: AskOptions): Promise<Answer> {
  const { headers = {}, signal, timeout } = options;
  const patience = new Patience(timeout, signal);
  let at = new URL(url);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const message = await patience.waitFor(request(at, headers, patience.signal));
    const { location } = message.headers;
    if (!REDIRECTS.has(message.statusCode) || location === undefined) {
      return answer(message, patience);
    }
    message.destroy();
    at = new URL(location, at);
  }
  throw new Error(`expected at most ${MAX_REDIRECTS} redirects, got more`);
}

async function request(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  for (;;) {
    const message = await send(url, headers, signal);
    if (message !== undefined) return message;
  }
}

/** The answer; undefined where a connection kept from an earlier one was closed just then. */
function send(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage | undefined> {
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    const sent = get(url, { headers, signal }, resolve);
    sent.on('error', (error) => {
      const wasClosed = sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
      if (wasClosed) resolve(undefined);
      else reject(error);
    });
  });
}

function answer(message: IncomingMessage, patience: Patience): Answer {
  const body = new MessageBody(message);
  return {
    status: message.statusCode ?? 0,
    header(name) {
      const value = message.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    read: () => patience.waitFor(body.read()),
    close() {
      message.destroy();
      patience.end();
    },
  };
}
