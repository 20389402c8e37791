export type { FetchProgress } from './fetching/fetch-progress.js';
export type { Mirrors } from './fetching/mirrors.js';
export { fetchSource, type FetchSourceOptions } from './web/fetch-source.js';
