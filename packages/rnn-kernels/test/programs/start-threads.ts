import { type CoreReport, ready } from '../../src/cpu.js';

/** What `ready` gave, or said. */
export type Started = CoreReport | { readonly refusal: string };

/** Asks for three threads. */
export async function startThreads(): Promise<Started> {
  try {
    return await ready({ threads: 3 });
  } catch (error) {
    return { refusal: String(error) };
  }
}
