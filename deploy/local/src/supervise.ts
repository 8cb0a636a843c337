import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './account';
import { Obstacle, reasonOf } from './obstacle';
import { folderOf } from './paths';
import { removePidFile, stopLeftovers, writePidFile } from './pid-files';
import { type Identity, identityOf, stopProcess } from './processes';

export interface Child {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly account?: Account | undefined;
  readonly stopSignal?: NodeJS.Signals;
  /** Milliseconds between the stop signal and SIGKILL. */
  readonly grace?: number;
  /** Resolves when the child is of use; `start` tries it until it does. */
  readonly ready?: () => Promise<unknown>;
  /** Milliseconds that `ready` may take. */
  readonly patience?: number;
}

interface Running {
  readonly child: Child;
  readonly logStart: number;
  process: ChildProcess;
  identity: Identity | undefined;
  startedAt: number;
  crashes: number;
  stopping: boolean;
  retry?: NodeJS.Timeout;
}

/**
 * Keeps children running: one log file and one pid file each, a new start after a crash, an orderly end.
 * Every child leads its own process group, so that Ctrl-C in the terminal reaches the launcher alone.
 */
export class Supervisor {
  private readonly home: string;
  private readonly say: (sentence: string) => void;
  private readonly children = new Map<string, Running>();
  private readonly closing = new AbortController();

  constructor(home: string, say: (sentence: string) => void = () => {}) {
    this.home = home;
    this.say = say;
  }

  /** Starts the child and waits until it is ready. A child that ends before that is an obstacle, told by its log. */
  async start(child: Child): Promise<void> {
    if (this.stopping.aborted) throw new Obstacle(`${child.name} was not started: the local deployment is stopping.`);
    if (this.children.has(child.name)) throw new Error(`${child.name} is already running`);
    const logStart = statSync(this.logFile(child.name), { throwIfNoEntry: false })?.size ?? 0;
    const running: Running = { child, logStart, ...this.spawn(child), crashes: 0, stopping: false };
    this.children.set(child.name, running);
    try {
      await this.untilReady(running);
    } catch (error) {
      await this.stop(child.name);
      throw error;
    }
    running.process.once('exit', (code, signal) => this.ended(running, code, signal));
    if (running.process.exitCode !== null || running.process.signalCode !== null) {
      this.ended(running, running.process.exitCode, running.process.signalCode);
    }
  }

  /** Aborted by `stopAll`: for work that is under way to start a child. */
  get stopping(): AbortSignal {
    return this.closing.signal;
  }

  pid(name: string): number | undefined {
    return this.children.get(name)?.identity?.pid;
  }

  names(): string[] {
    return [...this.children.keys()];
  }

  logFile(name: string): string {
    return join(folderOf(this.home, 'logs'), `${name}.log`);
  }

  async restart(name: string): Promise<void> {
    const child = this.children.get(name)?.child;
    if (child === undefined) throw new Error(`${name} is not running`);
    await this.stop(name);
    await this.start(child);
  }

  async stop(name: string): Promise<void> {
    const running = this.children.get(name);
    if (running === undefined) return;
    running.stopping = true;
    clearTimeout(running.retry);
    if (running.identity !== undefined) {
      const { stopSignal, grace } = running.child;
      await stopProcess(running.identity, { ...(stopSignal && { signal: stopSignal }), ...(grace && { grace }) });
    }
    removePidFile(this.home, name);
    this.children.delete(name);
  }

  /** Stops all children, the last started first, and starts none any more. */
  async stopAll(): Promise<void> {
    this.closing.abort();
    for (const name of this.names().reverse()) await this.stop(name);
  }

  stopLeftovers(): Promise<void> {
    return stopLeftovers(this.home, this.say);
  }

  private spawn(child: Child): Pick<Running, 'process' | 'identity' | 'startedAt'> {
    const log = openSync(this.logFile(child.name), 'a');
    const process = spawn(child.command, child.args, {
      cwd: child.cwd ?? '/',
      stdio: ['ignore', log, log],
      detached: true,
      ...(child.env && { env: child.env }),
      ...child.account,
    });
    closeSync(log);
    process.on('error', (error) => this.say(`${child.name} cannot be started: ${reasonOf(error)}`));
    const identity = process.pid === undefined ? undefined : identityOf(process.pid);
    if (identity !== undefined) {
      const command = [child.command, ...child.args].join(' ');
      writePidFile(this.home, child.name, { ...identity, command, stopSignal: child.stopSignal ?? 'SIGTERM' });
    }
    return { process, identity, startedAt: Date.now() };
  }

  private async untilReady({ child, process, logStart }: Running): Promise<void> {
    const deadline = Date.now() + (child.patience ?? 30_000);
    for (;;) {
      if (process.pid === undefined || process.exitCode !== null || process.signalCode !== null) {
        throw new Obstacle(`${child.name} ended while starting.${this.lastWords(child.name, logStart)}`);
      }
      try {
        return void (await child.ready?.());
      } catch (error) {
        if (Date.now() > deadline) {
          const last = this.lastWords(child.name, logStart);
          throw new Obstacle(`${child.name} did not become ready (${reasonOf(error)}).${last}`);
        }
        await pause(50);
      }
    }
  }

  private ended(running: Running, code: number | null, signal: NodeJS.Signals | null): void {
    if (running.stopping) return;
    const { child } = running;
    running.crashes = Date.now() - running.startedAt > 30_000 ? 1 : running.crashes + 1;
    const delay = Math.min(250 * 2 ** (running.crashes - 1), 10_000);
    this.say(`${child.name} ended by itself (${signal ?? `code ${code}`}); it starts again in ${delay / 1000} s.`);
    running.retry = setTimeout(() => {
      Object.assign(running, this.spawn(child));
      running.process.once('exit', (...outcome) => this.ended(running, ...outcome));
    }, delay);
  }

  private lastWords(name: string, from: number): string {
    const file = this.logFile(name);
    const lines = readFileSync(file).subarray(from).toString('utf8').trimEnd().split('\n').slice(-12);
    return ` The end of ${file}:\n${lines.map((line) => `    ${line}`).join('\n')}`;
  }
}
