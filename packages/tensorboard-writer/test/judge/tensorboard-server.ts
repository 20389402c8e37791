import { type ChildProcess, spawn } from 'node:child_process';

// It imports TensorFlow where that is installed, and loads the log before the first answer.
const START_MS = 120_000;

/** Which of TensorBoard's two loaders reads the log: the Rust data server, or the Python one. */
export type Loader = 'fast' | 'slow';

/** A running `tensorboard`, asked over HTTP as its page asks it. */
export class TensorBoardServer {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  /** Starts one on a free port, and waits until it has loaded that many runs. */
  static async start(
    python: string,
    logdir: string,
    loader: Loader,
    runs: number,
  ): Promise<TensorBoardServer> {
    const loadFast = loader === 'fast' ? 'true' : 'false';
    const child = spawn(
      python,
      ['-m', 'tensorboard.main', '--logdir', logdir, '--port', '0', '--load_fast', loadFast],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PYTHONUNBUFFERED: '1' } },
    );
    try {
      const server = new TensorBoardServer(await addressOf(child), child);
      await server.#loaded(runs);
      return server;
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** What the server says at a path: `/data/plugin/scalars/tags`. */
  async get(path: string, query: Readonly<Record<string, string>> = {}): Promise<Response> {
    const response = await fetch(new URL(`${path}?${new URLSearchParams(query)}`, this.url));
    if (response.ok) return response;
    throw new Error(`${path}: ${response.status}: ${await response.text()}`);
  }

  async json(path: string, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
    return (await this.get(path, query)).json();
  }

  async bytes(path: string, query: Readonly<Record<string, string>> = {}): Promise<Uint8Array> {
    return new Uint8Array(await (await this.get(path, query)).arrayBuffer());
  }

  async post(path: string, body: object): Promise<unknown> {
    const headers = { 'Content-Type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await fetch(new URL(path, this.url), init)).json();
  }

  /** It listens before it has read the log; a run is there whole, as small as ours are. */
  async #loaded(runs: number): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (((await this.json('/data/runs')) as string[]).length < runs) {
      if (Date.now() > deadline) throw new Error(`tensorboard has not loaded ${runs} runs`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await exited;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => {
      reject(new Error(`tensorboard did not start within ${START_MS} ms: ${said}`));
    }, START_MS);
    const listen = (bytes: Buffer) => {
      said += bytes.toString();
      const url = /TensorBoard \S+ at (http:\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`tensorboard ended with ${code}: ${said}`));
    });
  });
}
