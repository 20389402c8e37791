const tasks = new Set<() => void>();

/**
 * Has `task` done when the process ends by itself, by `process.exit` or by an error that nobody
 * caught; not by a signal. One listener does all tasks, so many of them make Node warn of no leak.
 *
 * @param task - runs to its end at once; what it throws is shown by Node, and makes the exit code 1
 * @returns a function that takes the task back
 */
export function atExit(task: () => void): () => void {
  if (tasks.size === 0) process.on('exit', doAll);
  tasks.add(task);
  return () => {
    tasks.delete(task);
    if (tasks.size === 0) process.off('exit', doAll);
  };
}

function doAll(): void {
  const errors: unknown[] = [];
  for (const task of tasks) {
    try {
      task();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, 'At exit, several logs were not written');
}
