/** Where scalars are logged to. `SummaryWriter` of `@unroll/tensorboard-writer` is one. */
export interface ScalarWriter {
  scalar(tag: string, value: number, step: number): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}
