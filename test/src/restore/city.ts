import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, quartersOf } from '@okienko/local/account';
import type { Closing } from '@okienko/local/closing';
import { type Issuer, startIssuer } from '@okienko/local/issuer';
import { startMailbox } from '@okienko/local/mailbox';
import { startNats } from '@okienko/local/nats';
import { type SamplePartner, startPartner } from '@okienko/local/partner';
import { checkout, temporaryHome } from '@okienko/local/paths';
import { freePort } from '@okienko/local/ports';
import { startPostgres } from '@okienko/local/postgres';
import { identityOf, waitUntilGone } from '@okienko/local/processes';
import { migrate, prepareDatabase, prepareStreams, serviceChild, serviceSecrets, urlOf } from '@okienko/local/services';
import { confidentialFile } from '@okienko/local/secrets';
import { type Child, Supervisor } from '@okienko/local/supervise';
import { type Service, services } from '@okienko/contracts/event';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { eventually } from '@okienko/testing/eventually';
import { Pool } from 'pg';
import { childrenOf } from '../powercut/postgres-server';
import { NotingApi } from './acknowledged';
import { postgresTools } from './postgres-tools';

const execute = promisify(execFile);
const backupName = 'okienko_backup';
/** A restore may take no longer (`rtoMinutes`), and no base backup either. */
const longest = 600_000;

/** The whole system of a small city as real processes, backed up by deploy/backup/run.sh as an operator would. */
export class City {
  readonly supervisor: Supervisor;
  readonly ports: Record<Service | 'postgres' | 'nats', number> = {
    catalogue: 0,
    cases: 0,
    providers: 0,
    notifications: 0,
    postgres: 0,
    nats: 0,
  };
  issuer!: Issuer;
  partners!: readonly SamplePartner[];
  api!: NotingApi;
  admin!: Pool;
  broker!: Broker;
  private adminUrl = '';
  private brokerUrl = '';
  private children: readonly Child[] = [];

  private constructor(
    readonly home: string,
    private readonly folder: string,
    private readonly account: Account | undefined,
    private readonly say: (line: string) => void,
  ) {
    this.supervisor = new Supervisor(home);
  }

  static async start(closing: Closing, say: (line: string) => void, keeps: boolean): Promise<City> {
    // A server of somebody else's must not be killed.
    delete process.env['DATABASE_URL'];
    delete process.env['NATS_URL'];
    const home = temporaryHome();
    const { folder, account } = quartersOf(home);
    closing.add(() => {
      if (keeps) return say(`Data and logs are kept in ${home} and ${folder}.`);
      rmSync(home, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    });
    const city = new City(home, folder, account, say);
    closing.add(() => city.supervisor.stopAll());
    await city.build(closing);
    return city;
  }

  private async build(closing: Closing): Promise<void> {
    for (const name of Object.keys(this.ports) as (keyof City['ports'])[]) this.ports[name] = await freePort();
    this.empty('backup');
    await this.startDatabase();
    await this.startBackup();
    await this.startBroker();
    this.issuer = await startIssuer({ home: this.home, port: await freePort() });
    closing.add(this.issuer.stop);
    const mailbox = await startMailbox({ home: this.home, port: await freePort() });
    closing.add(mailbox.stop);
    this.partners = await Promise.all([0, 1].map(async () => startPartner({ port: await freePort() })));
    for (const partner of this.partners) closing.add(partner.stop);
    const options = {
      home: this.home,
      supervisor: this.supervisor,
      adminUrl: this.adminUrl,
      brokerUrl: this.brokerUrl,
      issuerUrl: this.issuer.url,
      smtpPort: mailbox.port,
      partnerPort: 0,
      ports: this.ports,
    };
    const database = await prepareDatabase(options);
    await migrate(database, async (program, args, env) => {
      await execute(program, args, { env: { PATH: process.env['PATH'], ...env } });
    });
    await prepareStreams(this.brokerUrl);
    const secrets = await serviceSecrets(this.home);
    const sinks = this.partners.map(({ url }) => new URL(url).host).join(',');
    this.children = services.map((service) => {
      const child = serviceChild(service, options, database[service].app, secrets, urlOf(this.ports[service]));
      const env = { ...child.env, RATE_LIMIT: '10000000', LOG_LEVEL: 'warn' };
      return { ...child, env: service === 'notifications' ? { ...env, ALLOWED_PRIVATE_SINKS: sinks } : env };
    });
    await this.startServices();
    const address = new URL(this.adminUrl);
    address.pathname = '/okienko';
    this.admin = new Pool({ connectionString: address.href, max: 6 });
    // A server that is killed ends them; the next query opens others.
    this.admin.on('error', () => undefined);
    closing.add(() => this.admin.end());
    this.broker = await openBroker(this.brokerUrl, 'restore drill');
    closing.add(() => this.broker.connection.close());
    this.api = new NotingApi(
      Object.fromEntries(services.map((service) => [service, urlOf(this.ports[service])])) as Record<Service, string>,
      this.issuer.token,
    );
  }

  async startServices(): Promise<void> {
    await Promise.all(this.children.map((child) => this.supervisor.start(child)));
  }

  /** Without a word to them. */
  async killServices(): Promise<void> {
    for (const service of services) await this.kill(service);
  }

  /** The server, and the folder of its data. */
  async loseDatabase(): Promise<void> {
    const postmaster = this.supervisor.pid('postgres');
    const rest = postmaster === undefined ? [] : childrenOf(postmaster);
    await this.kill('postgres');
    for (const pid of rest) end(pid);
    this.empty('postgres');
  }

  async loseBroker(): Promise<void> {
    await this.kill('nats');
    rmSync(join(this.folder, 'nats'), { recursive: true, force: true });
  }

  async startBroker(): Promise<void> {
    const { url } = await startNats({
      home: this.home,
      supervisor: this.supervisor,
      say: this.say,
      port: this.ports.nats,
      syncAlways: true,
    });
    this.brokerUrl = url;
  }

  /** As the page for operators says: deploy/backup/restore.sh, then the server, which plays the archive. */
  async restoreDatabase(moment?: Date): Promise<string> {
    const { stdout } = await execute(
      'sh',
      [
        join(checkout, 'deploy/backup/restore.sh'),
        join(this.folder, 'postgres'),
        ...(moment ? [moment.toISOString()] : []),
      ],
      { cwd: '/', env: { ...this.toolsEnvironment() }, ...this.account },
    );
    await this.startDatabase();
    return stdout.trim();
  }

  /** `npm run after-restore`, beside the system or as of one that is elsewhere; what it says, and its figures. */
  async afterRestore(
    from: 'here' | 'elsewhere',
    ...options: string[]
  ): Promise<{ said: string; lost: number; services: { service: string; database: string }[] }> {
    const { stdout, stderr } = await execute(
      process.execPath,
      [join(checkout, 'deploy/local/dist/okienko.js'), 'after-restore', '--apply', '--out', this.lostFile, ...options],
      {
        env: {
          PATH: process.env['PATH'],
          OKIENKO_HOME: this.home,
          NATS_URL: this.brokerUrl,
          ...(from === 'here' ? { DATABASE_URL: this.adminUrl } : this.ownersUrls()),
        },
      },
    );
    return { said: stderr.trim(), ...(JSON.parse(stdout) as { lost: number; services: [] }) };
  }

  /** As an operator of a deployment elsewhere names it: its services, and the roles that own the schemas. */
  private ownersUrls(): Record<string, string> {
    const passwords = confidentialFile<Record<string, string>>(this.home, 'database-passwords').read();
    return Object.fromEntries(
      services.flatMap((service) => {
        const role = `${service}_migrate`;
        const owner = Object.assign(new URL(this.adminUrl), {
          username: role,
          password: passwords?.[role] ?? '',
          pathname: '/okienko',
        });
        return [
          [`OKIENKO_${service.toUpperCase()}_URL`, urlOf(this.ports[service])],
          [`OKIENKO_${service.toUpperCase()}_OWNER_URL`, owner.href],
        ];
      }),
    );
  }

  get brokerAddress(): string {
    return this.brokerUrl;
  }

  get lostFile(): string {
    return join(this.home, 'lost-events.jsonl');
  }

  private get backup(): string {
    return join(this.folder, 'backup');
  }

  private async startDatabase(): Promise<void> {
    const { url } = await startPostgres({
      home: this.home,
      supervisor: this.supervisor,
      say: this.say,
      port: this.ports.postgres,
      settings: { synchronous_standby_names: backupName, wal_keep_size: '64MB' },
      patience: longest,
    });
    this.adminUrl = url;
  }

  private async startBackup(): Promise<void> {
    await this.supervisor.start({
      name: 'backup',
      command: 'sh',
      args: [join(checkout, 'deploy/backup/run.sh')],
      env: this.toolsEnvironment(),
      account: this.account,
      // Something that could be restored.
      ready: () => eventually(() => Promise.resolve(this.newestBase()), 10_000),
      patience: 60_000,
    });
  }

  /** Waits until a restored server has a base backup of its own. */
  async backedUp(before: string): Promise<void> {
    await eventually(() => {
      if (this.newestBase() === before) throw new Error('There is no base backup of the restored server yet.');
      return Promise.resolve();
    }, longest);
  }

  /** What the database holds by now is in a base backup, as it is a day later at the latest. */
  async takeBase(): Promise<void> {
    const [name = '', history = ''] = this.newestBase().split(' ');
    rmSync(join(this.backup, history, 'base', name), { recursive: true });
    await eventually(() => Promise.resolve(this.newestBase()), longest);
  }

  newestBase(): string {
    const bases = readdirSync(this.backup).flatMap((history) => {
      const folder = join(this.backup, history, 'base');
      return existsSync(folder)
        ? readdirSync(folder)
            .filter((name) => name.endsWith('Z'))
            .map((name) => `${name} ${history}`)
        : [];
    });
    const newest = bases.sort().at(-1);
    if (newest === undefined) throw new Error('There is no base backup yet.');
    return newest;
  }

  private toolsEnvironment(): NodeJS.ProcessEnv {
    return {
      ...postgresTools(this.adminUrl || 'postgresql://127.0.0.1', this.folder, this.account),
      BACKUP_FOLDER: this.backup,
      BACKUP_NAME: backupName,
    };
  }

  /** An empty folder, as a new volume is. */
  private empty(name: string): void {
    const folder = join(this.folder, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    if (this.account) chownSync(folder, this.account.uid, this.account.gid);
  }

  private async kill(name: string): Promise<void> {
    const pid = this.supervisor.pid(name);
    if (pid !== undefined) {
      const identity = identityOf(pid);
      end(pid);
      if (identity) await waitUntilGone(identity, 5_000);
    }
    await this.supervisor.stop(name);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
