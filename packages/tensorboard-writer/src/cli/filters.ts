import type { Command } from 'commander';

/** What a user can say about which tags are meant. */
export interface FilterOptions {
  readonly run?: readonly string[];
  readonly tag?: readonly string[];
}

/** Adds the options of {@link FilterOptions}. */
export function withFilters(command: Command): Command {
  return command
    .option('--run <name...>', 'only these runs; * stands for any characters')
    .option('--tag <name...>', 'only these tags; * stands for any characters');
}

/** Whether a name is one of those that are meant: all, where none is said. */
export function matcher(patterns: readonly string[] | undefined): (name: string) => boolean {
  if (patterns === undefined) return () => true;
  const tests = patterns.map(
    (pattern) => new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 'su'),
  );
  return (name) => tests.some((pattern) => pattern.test(name));
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}
