import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { partnerPlace, partnerSubject, topology } from '@okienko/contracts/streams';
import { type Broker, headers, openBroker } from '@okienko/messaging/jetstream';
import { partnerConsumer, planChanges } from '@okienko/messaging/topology-plan';
import { connect, type NatsConnection, nkeyAuthenticator } from '@nats-io/transport-node';
import ts from 'typescript';
import { quartersOf } from './account';
import { natsServer } from './nats-binaries';
import { type AccountsFile, passwordIn } from './partner-accounts';
import { checkout, dataHome, temporaryHome } from './paths';
import { freePort } from './ports';

jest.setTimeout(60_000);

const namespace = 'okienko';
const [one, other] = ['powiat.elblaski', 'szpital'] as const;
const { stream } = partnerPlace(namespace, one);
const old = join(quartersOf(dataHome()).folder, 'bin', 'nats-server-2.10');

/** The server may have closed the connection before the client has read why. */
const refusal = /authorization|maximum account|EPIPE|ECONNRESET/i;

const examples = join(checkout, 'libs', 'partner', 'examples');

interface Card {
  readonly servers: string;
  readonly seed: string;
  readonly consumer: string;
  readonly apiPrefix: string;
}

const newest = async (): Promise<string> => {
  const server = await natsServer(() => undefined, AbortSignal.timeout(120_000));
  if (server.kind === 'image') throw new Error('nats-server is only here as a container image.');
  return server.path;
};

describe.each([
  ['the newest nats-server at hand', newest],
  ...(existsSync(old) ? [['nats-server 2.10', () => Promise.resolve(old)] as const] : []),
] as const)('accounts of partners on %s', (_, find) => {
  const home = temporaryHome();
  const file = join(home, 'accounts', 'nats-partners.conf');
  let port: number;
  let server: ChildProcess;
  let centre: Broker;
  const open: NatsConnection[] = [];

  const partners = (...args: string[]): string =>
    execFileSync(
      process.execPath,
      [join(checkout, 'deploy', 'local', 'dist', 'okienko.js'), 'partners', ...args, '--file', file],
      {
        encoding: 'utf8',
        stdio: 'pipe',
        env: { ...process.env, OKIENKO_HOME: home },
      },
    );
  const cardFile = (partnerId: string): string =>
    join(home, 'accounts', `${partnerPlace(namespace, partnerId).durable}.json`);
  const cardOf = (partnerId: string): Card => JSON.parse(readFileSync(cardFile(partnerId), 'utf8')) as Card;
  const password = (): string => passwordIn(JSON.parse(readFileSync(file, 'utf8')) as AccountsFile) ?? '';
  const add = (act: string, partnerId: string, ...more: string[]): string =>
    partners(act, partnerId, '--servers', `nats://127.0.0.1:${port}`, ...more);
  const comeIn = async ({ servers, seed }: Card): Promise<NatsConnection> => {
    const authenticator = nkeyAuthenticator(new TextEncoder().encode(seed));
    const connection = await connect({ servers, authenticator, reconnect: false });
    open.push(connection);
    return connection;
  };
  let own: NatsConnection | undefined;
  const asPartner = async (): Promise<NatsConnection> => (own ??= await comeIn(cardOf(one)));
  const allLeave = async (): Promise<void> => {
    await Promise.all(open.splice(0).map((connection) => connection.close()));
    await pause(500);
  };
  const reload = async (): Promise<void> => {
    server.kill('SIGHUP');
    await pause(700);
  };
  const publish = async (partnerId: string, sequence: number): Promise<void> => {
    const head = headers();
    head.set('okienko-sequence', String(sequence));
    head.set('okienko-subscription', 's');
    await centre.streams.publish(
      partnerSubject(namespace, partnerId, 's'),
      JSON.stringify({ type: `of ${partnerId}` }),
      {
        headers: head,
      },
    );
  };
  const example = (file: string, partnerId: string, ...args: string[]): { sequence: number; type: string }[] =>
    execFileSync(process.execPath, [join(examples, file), cardFile(partnerId), ...args], {
      encoding: 'utf8',
      timeout: 15_000,
      stdio: 'pipe',
    })
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sequence: number; type: string });

  beforeAll(async () => {
    port = await freePort();
    add('add', one);
    add('add', other);
    const config = join(home, 'nats.conf');
    writeFileSync(
      config,
      `include "./accounts/nats-partners.conf"\n${JSON.stringify({ listen: `127.0.0.1:${port}`, authorization: { timeout: 15 }, jetstream: { store_dir: join(home, 'store') } })}`,
    );
    server = spawn(await find(), ['--config', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    const url = `nats://centre:${encodeURIComponent(password())}@127.0.0.1:${port}`;
    for (let tries = 0; ; tries += 1) {
      try {
        centre = await openBroker(url, 'centre');
        break;
      } catch (error) {
        if (tries === 30) throw error;
        await pause(200);
      }
    }
    for (const change of await planChanges(centre.manager, namespace)) await change.apply();
    for (const partnerId of [one, other])
      await centre.manager.consumers.add(stream, partnerConsumer(partnerPlace(namespace, partnerId)));
  });
  afterAll(async () => {
    await allLeave();
    await centre?.connection.close();
    server?.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  test('let each read its own events through its durable, each once, with nothing but the packages of NATS', async () => {
    for (let sequence = 1; sequence <= 5; sequence += 1) {
      await publish(one, sequence);
      await publish(other, sequence);
    }
    const read = example('nats.mjs', one, '5');
    expect(read.map(({ sequence }) => sequence).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(read.map(({ type }) => type))).toEqual(new Set([`of ${one}`]));
    await pause(300);
    const { num_pending, num_ack_pending } = await centre.manager.consumers.info(
      stream,
      partnerPlace(namespace, one).durable,
    );
    expect([num_pending, num_ack_pending]).toEqual([0, 0]);
    // What has been acknowledged is gone, what is the other's is all there.
    expect((await centre.manager.streams.info(stream)).state.messages).toBe(5);
  });

  test('let each read with types, and know again what it has', async () => {
    const kept = join(home, 'kept.json');
    for (const sequence of [6, 7, 7]) await publish(one, sequence);
    const read = example('nats.mts', one, kept, '3');
    expect(read.map(({ sequence }) => sequence)).toEqual([6, 7]);
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toMatchObject({ ledgers: { s: { upTo: 0, beyond: [6, 7] } } });
  });

  test('hold no seed in the file of the server, which nobody else may read', () => {
    expect(readFileSync(file, 'utf8')).not.toContain(cardOf(one).seed);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(cardFile(one)).mode & 0o777).toBe(0o600);
  });

  const theirs = partnerPlace(namespace, other).durable;
  const mine = partnerPlace(namespace, one).durable;
  test.each([
    ['publish to what partners read', partnerSubject(namespace, one, 's')],
    ['publish an event of a service', `${namespace}.cases.application.submitted.v1`],
    ['read by the durable of another', `SVC.API.CONSUMER.MSG.NEXT.${stream}.${theirs}`],
    ['read by the durable of another, bare', `$JS.API.CONSUMER.MSG.NEXT.${stream}.${theirs}`],
    ['look at the durable of another', `SVC.API.CONSUMER.INFO.${stream}.${theirs}`],
    ['acknowledge for another', `$JS.ACK.${stream}.${theirs}.1.1.1.1.0`],
    ['create a consumer', `SVC.API.CONSUMER.CREATE.${stream}.x`],
    ['create a consumer, bare', `$JS.API.CONSUMER.CREATE.${stream}.x`],
    ['delete its own consumer', `$JS.API.CONSUMER.DELETE.${stream}.${mine}`],
    ['look at the stream', `$JS.API.STREAM.INFO.${stream}`],
    ['read a message of the stream', `$JS.API.STREAM.MSG.GET.${stream}`],
    ['read a message of the stream directly', `$JS.API.DIRECT.GET.${stream}`],
    ['purge the stream', `SVC.API.STREAM.PURGE.${stream}`],
    ['purge the stream, bare', `$JS.API.STREAM.PURGE.${stream}`],
    ['delete a stream of a service', `$JS.API.STREAM.DELETE.${topology(namespace).streams[0]?.name ?? ''}`],
    ['ask the server about others', '$SYS.REQ.SERVER.PING.CONNZ'],
  ])('refuse to %s', async (__, subject) => {
    await publish(other, 100);
    const before = await centre.manager.streams.info(stream);
    const partner = await asPartner();
    await expect(partner.request(subject, '{"batch":1,"no_wait":true}', { timeout: 1000 })).rejects.toThrow(
      /permission|no responders/i,
    );
    const after = await centre.manager.streams.info(stream);
    expect(after.state).toEqual(before.state);
    expect(after.state.consumer_count).toBe(2);
  });

  test.each(['>', `${namespace}.>`, `${namespace}.partners.>`, '$SYS.>', '$JS.>'])(
    'refuse to listen to %s',
    async (subject) => {
      const partner = await asPartner();
      const heard: string[] = [];
      const refused = new Promise<Error | null>((resolve) =>
        partner.subscribe(subject, {
          callback: (error, message) => {
            if (error) resolve(error);
            else heard.push(message.subject);
          },
        }),
      );
      await publish(other, 101);
      expect(String(await refused)).toMatch(/permission/i);
      expect(heard).toEqual([]);
    },
  );

  test('let nobody in without credentials, and a partner in four times at most', async () => {
    await expect(connect({ servers: `127.0.0.1:${port}`, reconnect: false })).rejects.toThrow(refusal);
    await allLeave();
    for (let n = 0; n < 4; n += 1) await comeIn(cardOf(one));
    await expect(comeIn(cardOf(one))).rejects.toThrow(refusal);
    await allLeave();
  });

  test('rotate with and without an overlap, and are revoked while in use; others notice nothing', async () => {
    const first = cardOf(one);
    add('rotate', one, '--keep');
    await reload();
    const second = cardOf(one);
    expect(second.seed).not.toBe(first.seed);
    for (const card of [first, second]) await comeIn(card);
    add('rotate', one);
    await reload();
    for (const card of [first, second]) await expect(comeIn(card)).rejects.toThrow(refusal);
    const inUse = await comeIn(cardOf(one));
    const bystander = await comeIn(cardOf(other));
    partners('revoke', one);
    await reload();
    expect(inUse.isClosed()).toBe(true);
    await expect(comeIn(cardOf(one))).rejects.toThrow(refusal);
    expect(bystander.isClosed()).toBe(false);
    expect(partners('list')).toMatch(new RegExp(`^${other}  U[A-Z0-9]{55}\n$`));
    expect(() => partners('revoke', one)).toThrow(/There is no partner/);
    expect(() => add('add', other)).toThrow(/there already/);
    expect(() => partners('add', 'a b')).toThrow(/Which partner/);
  });
});

test('the example with types has no fault for the compiler', () => {
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      strict: true,
      module: 'nodenext',
      target: 'es2023',
      lib: ['es2024'],
      types: ['node'],
      noEmit: true,
      skipLibCheck: true,
    },
    checkout,
  );
  const program = ts.createProgram([join(examples, 'nats.mts')], options);
  expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
});
