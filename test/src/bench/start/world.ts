import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Service, services } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import { startEngines } from '@okienko/local/engines';
import { startIssuer } from '@okienko/local/issuer';
import { temporaryHome } from '@okienko/local/paths';
import { freePort } from '@okienko/local/ports';
import {
  bundleOf,
  environmentOf,
  footprint,
  prepareDatabase,
  prepareStreams,
  serviceSecrets,
} from '@okienko/local/services';
import { Supervisor } from '@okienko/local/supervise';
import { TraceCollector } from '../../trace-collector';

export type Name = Service | 'cases with traces' | 'Nest alone' | 'Node alone';
export const names: readonly Name[] = [...services, 'cases with traces', 'Nest alone', 'Node alone'];

const patience = 60_000;

/** What a program is started with. */
interface Program {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  /** Read again and again, for a short load. */
  readonly path: string;
  readonly account?: string;
}

export interface World {
  start(name: Name): Promise<Started>;
}

export interface Memory {
  /** MB (10⁶ bytes). */
  readonly resident: number;
  /** The same with what several processes share counted in part. */
  readonly proportional: number;
}

/** A process that is ready. */
export interface Started {
  /** From spawning to the first 200 of its readiness. */
  readonly seconds: number;
  /** Of the processors until then, which says more than the clock where others are at work. */
  readonly cpuSeconds: number;
  memory(): Memory;
  load(requests: number): Promise<void>;
  stop(): Promise<void>;
}

/** Engines of the benchmark's own, and everything that the services want to find. */
export async function prepareWorld(closing: Closing, say: (sentence: string) => void): Promise<World> {
  const home = temporaryHome();
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  const engines = await startEngines({ home, ports: 'free', syncAlways: false });
  closing.add(() => engines.stop());
  const { postgres, nats } = engines;
  say(`  ${postgres.source}, ${postgres.version}; ${nats.source}, ${nats.version}`);
  const issuer = await startIssuer({ home, port: await freePort() });
  closing.add(issuer.stop);
  const collector = new TraceCollector();
  const traces = await collector.start();
  closing.add(() => collector.stop());
  const options = {
    home,
    supervisor: new Supervisor(home),
    adminUrl: postgres.url,
    brokerUrl: nats.url,
    issuerUrl: issuer.url,
    smtpPort: await freePort(),
    partnerPort: 0,
    ports: { catalogue: 0, cases: 0, providers: 0, notifications: 0 },
  };
  const database = await prepareDatabase(options);
  await Promise.all(
    services.map((service) =>
      promisify(execFile)(process.execPath, [bundleOf(service), 'migrate'], {
        env: { DATABASE_URL: database[service].migrate },
      }),
    ),
  );
  await prepareStreams(nats.url);
  const secrets = await serviceSecrets(home);
  const folder = join(home, 'started');
  mkdirSync(folder);

  const ofService = (service: Service, path: string, account: string): Program => ({
    file: bundleOf(service),
    env: { ...environmentOf(service, secrets, options), DATABASE_URL: database[service].app, LOG_LEVEL: 'warn' },
    path,
    account,
  });
  const peer = (name: string): Program => ({
    file: join(__dirname, `${name}.js`),
    env: { DATABASE_URL: database.cases.app },
    path: '/health/ready',
  });
  const cases = ofService('cases', '/applications?limit=20', 'desk-anna');
  const programs: Record<Name, Program> = {
    catalogue: ofService('catalogue', '/service-offers?limit=20', 'desk-anna'),
    cases,
    providers: ofService('providers', '/service-orders?limit=20', 'coordinator-ewa'),
    notifications: ofService('notifications', '/grants?limit=20', 'operator-tomasz'),
    'cases with traces': { ...cases, env: { ...cases.env, OTEL_EXPORTER_OTLP_ENDPOINT: traces } },
    'Nest alone': peer('usual'),
    'Node alone': peer('plain'),
  };

  return {
    async start(name) {
      const { file, env, path, account } = programs[name];
      const port = await freePort();
      const log = openSync(join(folder, 'log'), 'a');
      const began = performance.now();
      // As an image starts it.
      const child = spawn(process.execPath, [...footprint.flags, file], {
        env: {
          NODE_ENV: 'production',
          ...footprint.env,
          FILES_FOLDER: folder,
          ...env,
          PORT: String(port),
          HOST: '127.0.0.1',
        },
        stdio: ['ignore', log, log],
      });
      closing.add(() => void child.kill('SIGKILL'));
      while ((await statusOf(port, '/health/ready')) !== 200) {
        if (child.exitCode !== null || performance.now() - began > patience)
          throw new Error(`${name} did not become ready: ${readFileSync(join(folder, 'log'), 'utf8').slice(-500)}`);
        await pause(5);
      }
      const seconds = (performance.now() - began) / 1000;
      return {
        seconds,
        cpuSeconds: cpuSecondsOf(child),
        memory: () => memoryOf(child),
        async load(requests) {
          const headers = account === undefined ? {} : { authorization: `Bearer ${await issuer.token(account)}` };
          await Promise.all(
            Array.from({ length: 4 }, async () => {
              for (let count = 0; count < requests / 4; count += 1) {
                const status = await statusOf(port, path, headers);
                if (status !== 200) throw new Error(`${name} answered ${status} to GET ${path}.`);
              }
            }),
          );
        },
        async stop() {
          const ended = once(child, 'exit');
          child.kill('SIGTERM');
          await ended;
        },
      };
    },
  };
}

const statusOf = (port: number, path: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    }).on('error', () => resolve(0));
  });

function memoryOf({ pid }: ChildProcess): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const megabytes = (name: string): number =>
    (Number(new RegExp(`^${name}: +(\\d+)`, 'm').exec(text)?.[1]) * 1024) / 1e6;
  return { resident: megabytes('Rss'), proportional: megabytes('Pss') };
}

/** User and system time of a process by `/proc/<pid>/stat` (proc(5), fields 14 and 15, in hundredths of a second). */
function cpuSecondsOf({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
