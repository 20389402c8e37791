import type { SummaryWriter } from '@unroll/tensorboard-writer';

/** Method, arguments, the class of the error, and the message after the method's name. */
export type Refusal = [
  method: Extract<keyof SummaryWriter, string>,
  args: unknown[],
  type: new (message: string) => Error,
  message: string,
];
