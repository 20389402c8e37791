import { fileURLToPath } from 'node:url';

/** A program that logs scalars. */
export interface LogContender {
  readonly title: string;
  readonly language: 'javascript' | 'python';
  /** What the program has to know. */
  readonly command: (logdir: string, count: number) => readonly string[];
}

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

function unroll(title: string, turns: number): LogContender {
  const program = pathOf('../javascript/log-events.ts');
  return {
    title,
    language: 'javascript',
    command: (logdir, count) => [program, logdir, String(count), String(turns)],
  };
}

function python(module: string): LogContender {
  const program = pathOf('../../python/log_events.py');
  return {
    title: module,
    language: 'python',
    command: (logdir, count) => [program, module, logdir, String(count)],
  };
}

/** Ours first, then those that it is compared with. */
export const logContenders: readonly LogContender[] = [
  unroll('Unroll', Infinity),
  unroll('Unroll, with a turn of the event loop after every 10', 10),
  python('torch.utils.tensorboard'),
  python('tensorboardX'),
];
