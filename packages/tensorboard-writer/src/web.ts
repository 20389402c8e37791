export { DownloadSink } from './web/download-sink.js';
export { openOPFSSink, type OPFSSink } from './web/open-opfs-sink.js';
export { streamSink } from './web/stream-sink.js';
export type { WebSinkOptions } from './web/web-sink-options.js';
