import { availableParallelism, cpus, totalmem, type } from 'node:os';

/** In words: processor, cores, memory, system. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpu?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${memory} GiB, ${type()}`;
}
