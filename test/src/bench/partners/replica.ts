import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Service } from '@okienko/contracts/event';
import { freePort } from '@okienko/local/ports';
import { until } from '../rounds';

export const mainOf = (service: Service): string =>
  join(__dirname, '..', '..', '..', '..', 'services', service, 'dist', 'main.js');

/** A service as a process of its own, which can be killed without warning. */
export class Replica {
  private process: ChildProcess | undefined;
  private said = '';

  private constructor(
    private readonly main: string,
    private readonly environment: NodeJS.ProcessEnv,
    readonly url: string,
  ) {}

  /** Of `notifications`, unless another is named, or another program that says when it is ready as they do. */
  static async start(environment: NodeJS.ProcessEnv, main = mainOf('notifications')): Promise<Replica> {
    const port = await freePort();
    const replica = new Replica(main, { ...environment, PORT: String(port) }, `http://127.0.0.1:${port}`);
    replica.start();
    await until(() => replica.isReady(), 60_000, 'the start of a replica');
    return replica;
  }

  start(): void {
    this.process = spawn(process.execPath, [this.main], { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (part: Buffer) => (this.said = `${this.said}${part.toString()}`.slice(-2000)));
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    if (this.process?.exitCode === null && this.process.signalCode === null) await this.end('SIGTERM');
  }

  async isReady(): Promise<boolean> {
    if (this.process?.exitCode !== null) throw new Error(`A replica ended by itself: ${this.said}`);
    return fetch(`${this.url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const dying = this.process;
    if (!dying || dying.exitCode !== null) throw new Error(`A replica ended by itself: ${this.said}`);
    const gone = once(dying, 'exit');
    dying.kill(signal);
    await gone;
  }
}
