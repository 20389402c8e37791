import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** How playwright, or vitest's provider of that name, starts the browser. */
export interface ChromiumLaunchOptions {
  readonly executablePath: string;
  readonly args: string[];
}

/** Where Debian's package puts it. */
const debianChromium = '/usr/bin/chromium';

const flags = [
  // WebGL 2 in software, so that tests see the same GPU on every machine.
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // And WebGPU.
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  // Chromium refuses to start as root with its sandbox. The tests open our own pages only.
  '--no-sandbox',
  // No traffic but the tests' own.
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
] as const;

/**
 * What the browser tests start Chromium or Chrome with: its path, and flags for WebGL 2 and WebGPU in software.
 * As root on Debian, where there is no browser, Debian's is installed first, which takes a minute.
 *
 * @throws Error if there is no browser, saying how to get one
 */
export function launchOptions(): ChromiumLaunchOptions {
  return { executablePath: findChromium(), args: [...flags] };
}

function findChromium(): string {
  const { CHROMIUM_PATH: chosen } = process.env;
  if (chosen !== undefined) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH: expected the path of Chromium or Chrome, got ${chosen}`);
  }
  const found = usualPlaces().find((place) => existsSync(place));
  if (found !== undefined) return found;
  if (canInstall() && installChromium()) return debianChromium;
  throw new Error(
    'expected Chromium or Chrome in a usual place, found none: install one ' +
      '(on Debian: apt-get install chromium), or set CHROMIUM_PATH to its path',
  );
}

function usualPlaces(): readonly string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
        .map((name) => process.env[name] ?? '')
        .flatMap((folder) => [
          join(folder, 'Google/Chrome/Application/chrome.exe'),
          join(folder, 'Chromium/Application/chrome.exe'),
        ]);
    default:
      return [
        debianChromium,
        '/usr/bin/chromium-browser',
        '/usr/bin/google-chrome',
        '/usr/bin/google-chrome-stable',
      ];
  }
}

function canInstall(): boolean {
  return (
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
  );
}

/** Returns whether the browser is there now. What apt-get says of a failure goes to stderr. */
function installChromium(): boolean {
  process.stderr.write("no Chromium here: installing Debian's, with apt-get install chromium\n");
  // Someone else may be installing something.
  const wait = ['-o', 'DPkg::Lock::Timeout=600'];
  const run = (args: readonly string[]) =>
    execFileSync('apt-get', [...wait, '--quiet', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  try {
    run(['update']);
    run(['install', '--yes', '--no-install-recommends', 'chromium']);
  } catch {
    return false;
  }
  return existsSync(debianChromium);
}
