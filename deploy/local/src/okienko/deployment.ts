import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Service, services } from '@okienko/contracts/event';
import type { Command } from 'commander';
import { Obstacle, reasonOf } from '../obstacle';
import { dataHome } from '../paths';
import { portNumber } from '../ports';
import { brokerPasswords, confidentialFile } from '../secrets';
import { urlOf } from '../services';
import { tokenFrom } from '../token';
import { Operator } from './operator';

const runtimes = ['kubernetes', 'compose', 'systemd'] as const;
export type Runtime = (typeof runtimes)[number];

/** The file that `--config` or OKIENKO_CONFIG names. Tokens and passwords are not in it. */
interface Configured {
  readonly services?: Partial<Record<Service, string>>;
  readonly runs?: Runtime;
  /** Of the broker's subjects. */
  readonly namespace?: string;
  /** How often the broker keeps each event. */
  readonly streamReplicas?: number;
}

interface GlobalOptions {
  readonly config?: string;
  readonly url?: readonly string[];
  readonly json?: boolean;
}

/** What a command works on: the system of `npm start`, unless a file, an option or the environment names services elsewhere. */
export class Deployment {
  readonly isLocal: boolean;
  readonly json: boolean;
  readonly runs: Runtime | undefined;
  readonly namespace: string;
  readonly streamReplicas: number;
  private readonly urls = new Map<Service, string[]>();

  constructor(
    { config = process.env['OKIENKO_CONFIG'], url = [], json = false }: GlobalOptions,
    private readonly env: NodeJS.ProcessEnv = process.env,
  ) {
    const configured = config === undefined ? {} : read(config);
    const given = Object.entries({ ...configured.services, ...fromEnvironment(env) }).map(
      ([service, address]) => `${service}=${address}`,
    );
    for (const one of url.length > 0 ? url : given) {
      const [, service = '', address = ''] = /^(\w+)=(https?:\/\/.+)$/.exec(one) ?? [];
      if (!services.includes(service as Service))
        throw new Obstacle(
          `"${one}" names no service: say it as cases=https://cases.example.pl; the services are ${services.join(', ')}.`,
          'usage',
        );
      this.urls.set(service as Service, [...(this.urls.get(service as Service) ?? []), address.replace(/\/$/, '')]);
    }
    this.isLocal = this.urls.size === 0 && config === undefined;
    if (this.isLocal) for (const service of services) this.urls.set(service, [urlOf(portNumber(service, env))]);
    this.json = json;
    this.runs = configured.runs;
    this.namespace = env['EVENT_NAMESPACE'] ?? configured.namespace ?? 'okienko';
    this.streamReplicas = Number(env['STREAM_REPLICAS'] ?? configured.streamReplicas ?? 1);
  }

  static of(command: Command): Deployment {
    return new Deployment(command.optsWithGlobals<GlobalOptions>());
  }

  /** The services that have an address, each address once. */
  get known(): { service: Service; url: string }[] {
    return services.flatMap((service) => (this.urls.get(service) ?? []).map((url) => ({ service, url })));
  }

  urlOf(service: Service): string {
    const [url] = this.urls.get(service) ?? [];
    if (url === undefined)
      throw new Obstacle(
        `Where is ${service}? Say --url ${service}=https://…, or put it into the file of --config.`,
        'usage',
      );
    return url;
  }

  /** The service as the operator sees it; locally as that account of the development issuer. */
  async operator(service: Service, account = 'operator-tomasz'): Promise<Operator> {
    return this.at(this.urlOf(service), account);
  }

  async at(url: string, account = 'operator-tomasz'): Promise<Operator> {
    this.token ??= this.tokenOf(account);
    return new Operator(url, await this.token);
  }

  /** How to come in to the broker, where that is known. */
  get broker(): string | undefined {
    const { NATS_URL: given } = this.env;
    if (given !== undefined || !this.isLocal) return given;
    const password = confidentialFile<Record<string, string>>(dataHome(), brokerPasswords).read()?.['centre'];
    return password && `nats://centre:${encodeURIComponent(password)}@127.0.0.1:${portNumber('nats')}`;
  }

  private token: Promise<string> | undefined;

  private async tokenOf(account: string): Promise<string> {
    const given = this.env['OKIENKO_TOKEN'];
    if (given) return given;
    if (!this.isLocal)
      throw new Obstacle(
        'Put an access token into OKIENKO_TOKEN, with the role `operator` unless the help says otherwise.',
        'usage',
      );
    return tokenFrom(urlOf(portNumber('issuer')), dataHome(), account).catch((error: unknown) => {
      throw new Obstacle(
        `No token from the local issuer (${reasonOf(error)}): run npm start first, or name the services (--url, --config) and put a token into OKIENKO_TOKEN.`,
        'unreachable',
      );
    });
  }
}

const fromEnvironment = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    services.flatMap((service) => {
      const url = env[`OKIENKO_${service.toUpperCase()}_URL`];
      return url ? [[service, url]] : [];
    }),
  );

function read(file: string): Configured {
  const path = resolve(file);
  if (!existsSync(path)) throw new Obstacle(`There is no file ${path}.`, 'usage');
  let found: Configured;
  try {
    found = JSON.parse(readFileSync(path, 'utf8')) as Configured;
  } catch (error) {
    throw new Obstacle(`${path} is no JSON: ${reasonOf(error)}`, 'usage');
  }
  const strange = Object.keys(found).filter(
    (key) => !['services', 'runs', 'namespace', 'streamReplicas'].includes(key),
  );
  if (strange.length > 0)
    throw new Obstacle(
      `${path} says ${strange.join(', ')}: it may say services, runs, namespace and streamReplicas. Secrets come by OKIENKO_TOKEN and NATS_URL.`,
      'usage',
    );
  if (found.runs !== undefined && !runtimes.includes(found.runs))
    throw new Obstacle(`${path}: "runs" is one of ${runtimes.join(', ')}.`, 'usage');
  return found;
}

/** The service that an argument names. */
export function serviceNamed(name: string): Service {
  if (services.includes(name as Service)) return name as Service;
  throw new Obstacle(`There is no service ${name}: the services are ${services.join(', ')}.`, 'usage');
}
