import { type Answer, cutAt, honest, rangeHeaders, stallAt, startOf } from './mirror.js';
import { published } from './noisy-mnist.js';

const OTHER = published['t10k-images-idx3-ubyte.gz'];

const asIs: Answer = ({ response, bytes }) => response.end(bytes);

/** Servers that do not hand out the file, and what is said of the images when there is no other. */
export const HOPELESS: readonly [what: string, answer: Answer, message: string | RegExp][] = [
  ['has no such file', ({ response }) => response.writeHead(404).end(), 'HTTP 404'],
  ['fails', ({ response }) => response.writeHead(500).end('oh'), 'HTTP 500'],
  ['says nothing', () => {}, 'nothing came for 0.5 s'],
  ['stalls before the first byte', stallAt(0), 'nothing came for 0.5 s'],
  [
    'stalls again when it is asked for the rest',
    (exchange) => stallAt(exchange.before === 0 ? 0.6 : 0)(exchange),
    'nothing came for 0.5 s',
  ],
  ['gives a hundredth and stalls, each time', stallAt(0.01), 'nothing came for 0.5 s'],
  ['hangs up', ({ response }) => response.destroy(), /socket hang up/],
  [
    'cuts every answer off at the same byte',
    ({ response, bytes }) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    },
    /aborted/,
  ],
  [
    'says that it is shorter than it is',
    ({ response, bytes }) => {
      // The rest would be taken for the next answer.
      response.writeHead(200, { 'content-length': bytes.length - 7, connection: 'close' });
      response.end(bytes.subarray(0, -7));
    },
    'content: gzip: expected a whole stream, got a broken one: unexpected end of file',
  ],
  [
    'serves a page',
    ({ response }) => response.end('<html>Welcome</html>'),
    /SHA-256 of the content/,
  ],
  [
    'serves another file',
    ({ response }) => response.end(OTHER),
    /SHA-256 of the content: expected [0-9a-f]{64}, got [0-9a-f]{64}/,
  ],
  [
    'serves the file with one byte changed',
    ({ response, bytes }) => {
      bytes[Math.floor(bytes.length / 2)]! ^= 1;
      response.end(bytes);
    },
    /^content: gzip: expected a whole stream, got a broken one: /,
  ],
  [
    'redirects in a circle',
    ({ request, response }) => response.writeHead(302, { location: request.url }).end(),
    /redirect/,
  ],
  [
    'answers a range with another',
    (exchange) => {
      const { request, response, bytes } = exchange;
      const from = startOf(request);
      if (from === undefined) cutAt(0.5)(exchange);
      else response.writeHead(206, rangeHeaders(from - 9, bytes)).end(bytes.subarray(from - 9));
    },
    /expected the range from \d+, got bytes \d+-/,
  ],
];

/** Servers that hand out the file in the end, each in its way. */
export const STRANGE: readonly [what: string, answer: Answer][] = [
  ['is honest', honest],
  ['does not say how long it is', asIs],
  [
    'redirects',
    (exchange) => {
      const { request, response } = exchange;
      if (exchange.before === 0) response.writeHead(302, { location: request.url }).end();
      else honest(exchange);
    },
  ],
  ['cuts off in the middle', cutAt(0.5)],
  [
    'cuts off in the middle and ignores ranges',
    (exchange) => {
      if (exchange.before === 0) cutAt(0.5)(exchange);
      else exchange.response.end(exchange.bytes);
    },
  ],
  [
    'stalls in the middle',
    (exchange) => (exchange.before === 0 ? stallAt(0.5)(exchange) : honest(exchange)),
  ],
  [
    'says that it is longer than it is',
    (exchange) => {
      const { request, response, bytes } = exchange;
      if (startOf(request) !== undefined) {
        honest(exchange);
        return;
      }
      response.writeHead(200, { 'content-length': bytes.length + 1000 });
      response.write(bytes, () => response.destroy());
    },
  ],
  [
    'says that it is longer than it is, and ignores ranges',
    ({ response, bytes }) => {
      response.writeHead(200, { 'content-length': bytes.length + 1000 });
      response.write(bytes, () => response.destroy());
    },
  ],
  [
    'calls the gzip of the file an encoding of it',
    ({ response, bytes }) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes),
  ],
  [
    'cuts off after each tenth',
    ({ request, response, bytes }) => {
      const from = startOf(request) ?? 0;
      const to = Math.min(bytes.length, from + Math.ceil(bytes.length / 10));
      if (from > 0) response.writeHead(206, rangeHeaders(from, bytes));
      else response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(from, to), () => response.destroy());
    },
  ],
];
