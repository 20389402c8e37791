import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The interpreter of the judges: UNROLL_PYTHON, or the system's. */
const python = process.env['UNROLL_PYTHON'] || 'python3';

export interface Judgement {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of this folder. */
export async function judge(script: string, ...args: readonly string[]): Promise<Judgement> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(python, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { status, stdout, stderr };
}

/** Whether Python has these modules. Says loudly what is not judged where it has not. */
export function pythonHas(test: string, ...modules: readonly string[]): boolean {
  const find = 'import importlib.util as i, sys; sys.exit(not all(map(i.find_spec, sys.argv[1:])))';
  const isThere = spawnSync(python, ['-c', find, ...modules]).status === 0;
  if (!isThere) {
    const hint = `${python} has no ${modules.join(', ')}; name another with UNROLL_PYTHON`;
    process.stderr.write(`${test}: SKIPPED: ${hint}\n`);
  }
  return isThere;
}
