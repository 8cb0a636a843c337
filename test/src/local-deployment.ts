import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '@okienko/contracts/event';
import { Api } from '@okienko/local/api';
import type { Status } from '@okienko/local/page-status';
import { checkout, temporaryHome } from '@okienko/local/paths';
import { freePort } from '@okienko/local/ports';
import { confidentialFile } from '@okienko/local/secrets';
import type { Seeded } from '@okienko/local/seed';
import { tokenFrom } from '@okienko/local/token';
import { placesOf } from './city/behind';

const portNames = [
  'PAGE',
  'CATALOGUE',
  'CASES',
  'PROVIDERS',
  'NOTIFICATIONS',
  'ISSUER',
  'PARTNER',
  'POSTGRES',
  'NATS',
  'SMTP',
] as const;

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** The system of `npm start` in a home and on ports of its own, as four service processes and their engines. */
export class LocalDeployment {
  output = '';
  private process: ChildProcess | undefined;

  private constructor(
    readonly home: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async prepare(): Promise<LocalDeployment> {
    const home = temporaryHome();
    const ports: Record<string, string> = {};
    for (const name of portNames) {
      let port = await freePort();
      while (Object.values(ports).includes(String(port))) port = await freePort();
      ports[`OKIENKO_${name}_PORT`] = String(port);
    }
    const { DATABASE_URL: _database, NATS_URL: _nats, ...environment } = process.env;
    return new LocalDeployment(home, { ...environment, ...ports, OKIENKO_HOME: home });
  }

  get page(): string {
    return `http://127.0.0.1:${this.environment['OKIENKO_PAGE_PORT']}`;
  }

  /** The environment of somebody who works beside it: commands and pages of the docs find it where it is. */
  get environmentBeside(): NodeJS.ProcessEnv {
    const addresses = ['PAGE', 'CATALOGUE', 'CASES', 'PROVIDERS', 'NOTIFICATIONS'].map((name) => [
      name,
      `http://localhost:${this.environment[`OKIENKO_${name}_PORT`]}`,
    ]);
    return { ...this.environment, ...Object.fromEntries(addresses) };
  }

  get brokerUrl(): string {
    return this.places.brokerUrl;
  }

  /** Its engines. */
  get places(): ReturnType<typeof placesOf> {
    return placesOf(this.home, this.environment);
  }

  /** The id of what the seed data call so. */
  seeded(key: string): string {
    const id = confidentialFile<Seeded>(this.home, 'seeded').read()?.[key];
    if (id === undefined) throw new Error(`The seed has no ${key}.`);
    return id;
  }

  /** Its services, as the accounts of its issuer. */
  async api(): Promise<Api> {
    const { services, issuer } = await this.json<Status>('/status.json');
    const urls = Object.fromEntries(services.map(({ name, url }) => [name, url])) as Record<Service, string>;
    return new Api(urls, (account) => tokenFrom(issuer, this.home, account));
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  /** Starts it and waits until it says that everything is up. */
  async start(...args: string[]): Promise<void> {
    this.output = '';
    const child = this.spawn('start', args);
    this.process = child;
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', () => {
        if (this.output.includes('Everything is up')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`The local deployment ended with code ${code}:\n${this.output}`)));
    });
  }

  /** Runs another command of the local deployment to its end. */
  run(command: string, during?: () => Promise<void>, args: string[] = []): Promise<Finished> {
    const child = this.spawn(command, args);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text: Buffer) => (output += text.toString()));
    const ended = new Promise<Finished>((resolve) => child.once('exit', (code) => resolve({ code, output })));
    return Promise.all([ended, during?.()]).then(([finished]) => finished);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** Stops it, and nothing of it is left. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  async json<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.page}${path}`)).json()) as T;
  }

  private spawn(command: string, args: string[]): ChildProcess {
    const child = spawn(process.execPath, [join(checkout, 'deploy', 'local', 'dist', `${command}.js`), ...args], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (command === 'start')
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (text: Buffer) => (this.output += text.toString()));
    return child;
  }
}
