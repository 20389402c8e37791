export { downloadSource, type DownloadSourceOptions } from './download/download-source.js';
export type { FetchProgress } from './fetching/fetch-progress.js';
export type { Mirrors } from './fetching/mirrors.js';
export { folderSource } from './folder-source.js';
export { nodeTools } from './node/node-tools.js';
export { readIdxFile, type ReadIdxFileOptions } from './node/read-idx-file.js';
export { readScaledFile, type ReadScaledFileOptions } from './node/read-scaled-file.js';
