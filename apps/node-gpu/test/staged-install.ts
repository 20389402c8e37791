import { cp, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const app = fileURLToPath(new URL('..', import.meta.url));

/**
 * Installs the built app into a folder, with all of its dependencies but TensorFlow's native packages:
 * what is there of those, the test says.
 *
 * @param folder - is made
 * @param natives - CommonJS source by package name
 * @returns the path of the bin
 */
export async function stageInstall(
  folder: string,
  natives: Readonly<Record<string, string>> = {},
): Promise<string> {
  const manifest = JSON.parse(await readFile(join(app, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const part of ['bin', 'dist', 'package.json']) {
    await cp(join(app, part), join(folder, part), { recursive: true });
  }
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(await realpath(join(app, 'node_modules', name)), link, 'junction');
  }
  for (const [name, source] of Object.entries(natives)) {
    const path = join(folder, 'node_modules', name);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
    await writeFile(join(path, 'index.js'), source);
  }
  return join(folder, 'bin', 'unroll.js');
}
