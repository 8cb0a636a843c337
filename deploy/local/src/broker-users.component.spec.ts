import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ownStreams } from '@okienko/contracts/broker-permissions';
import { type Service, services } from '@okienko/contracts/event';
import { partnerPlace, partnerSubject, topology } from '@okienko/contracts/streams';
import { History } from '@okienko/messaging/history';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { RawPublisher } from '@okienko/messaging/raw-publisher';
import { missingFrom, partnerConsumer, planChanges } from '@okienko/messaging/topology-plan';
import { natsServer } from './nats-binaries';
import { brokerUsers } from './partner-accounts';
import { checkout, temporaryHome } from './paths';
import { freePort } from './ports';

jest.setTimeout(60_000);

const namespace = 'okienko';
const { streams, consumers, partners } = topology(namespace);
const streamOf = (source: string): string => `OKIENKO_${source.toUpperCase()}`;
const durableOf = (service: Service): (typeof consumers)[number] => {
  const found = consumers.find((plan) => plan.service === service);
  if (!found) throw new Error(`${service} reads nothing.`);
  return found;
};

/** The file that is checked in, as an ops team includes it. */
describe('the broker with deploy/nats/services.conf', () => {
  const home = temporaryHome();
  let server: ChildProcess;
  let port: number;
  let centre: Broker;
  const own = {} as Record<Service, Broker>;

  beforeAll(async () => {
    port = await freePort();
    const config = join(home, 'nats.conf');
    const users = readFileSync(join(checkout, 'deploy', 'nats', 'services.conf'), 'utf8');
    const settings = { listen: `127.0.0.1:${port}`, jetstream: { store_dir: join(home, 'store') } };
    writeFileSync(join(home, 'services.conf'), users);
    writeFileSync(config, `include "./services.conf"\n${JSON.stringify(settings)}`);
    const found = await natsServer(() => undefined, AbortSignal.timeout(120_000));
    if (found.kind === 'image') throw new Error('nats-server is only here as a container image.');
    const passwords = Object.fromEntries(brokerUsers.map((user) => [`${user.toUpperCase()}_NATS_PASSWORD`, user]));
    server = spawn(found.path, ['--config', config], { stdio: 'ignore', env: { ...process.env, ...passwords } });
    const come = (user: string): Promise<Broker> => openBroker(`nats://${user}:${user}@127.0.0.1:${port}`, user);
    for (let tries = 0; centre === undefined; tries += 1)
      centre = await come('centre').catch((error: unknown) => {
        if (tries === 30) throw error;
        return pause(200).then(() => undefined as never);
      });
    for (const change of await planChanges(centre.manager, namespace)) await change.apply();
    for (const service of services) own[service] = await come(service);
  });
  afterAll(async () => {
    await Promise.all([centre, ...Object.values(own)].map((broker) => broker?.connection.close()));
    server?.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  const publisherOf = ({ connection, inboxPrefix }: Broker): RawPublisher =>
    new RawPublisher(connection, 8, 1_000, inboxPrefix);
  const say = async (broker: Broker, subject: string): Promise<Error | undefined> =>
    (
      await publisherOf(broker).publish([
        { subject, body: '{}', messageId: `${subject} ${Math.random()}`, aggregate: 'one' },
      ])
    ).failure;

  test.each(services)('lets %s look for its streams, say its events and read by its durables', async (service) => {
    const broker = own[service];
    expect(await missingFrom(broker.manager, namespace, service)).toEqual([]);
    expect(await say(broker, `${namespace}.${service}.thing.done.v1`)).toBeUndefined();
    const { stream, durable } = durableOf(service);
    await centre.streams.publish(`${namespace}.${stream.slice(8).toLowerCase()}.thing.done.v1`, '{}');
    const consumer = await broker.streams.consumers.get(stream, durable);
    const message = await consumer.next({ expires: 2_000 });
    expect(message?.subject).toMatch(/thing.done.v1$/);
    expect(await message?.ackAck()).toBe(true);
    const woken = new Promise((resolve) =>
      broker.connection.subscribe(`wake.${namespace}.${service}`, { callback: resolve, max: 1 }),
    );
    await broker.connection.flush();
    broker.connection.publish(`wake.${namespace}.${service}`);
    await woken;
  });

  test('lets cases say sealed events, and notifications keep what partners read', async () => {
    expect(await say(own.cases, `${namespace}.sealed.cases.person-contact.changed.v1`)).toBeUndefined();
    const { manager, connection } = own.notifications;
    const place = partnerPlace(namespace, 'powiat');
    await manager.consumers.add(partners.name, partnerConsumer(place));
    const subject = partnerSubject(namespace, 'powiat', 's');
    expect(await say(own.notifications, subject)).toBeUndefined();
    expect((await manager.direct.getMessage(partners.name, { seq: 1, next_by_subj: subject }))?.subject).toBe(subject);
    await manager.streams.purge(partners.name, { filter: subject });
    expect((await manager.streams.info(partners.name)).state.messages).toBe(0);
    expect(connection.isClosed()).toBe(false);
  });

  test.each(services)('lets %s read what it said itself, all of it', async (service) => {
    const saying = ownStreams(namespace, service);
    expect(saying).toEqual([streamOf(service), ...(service === 'cases' ? [streamOf('sealed')] : [])]);
    for (const stream of saying) {
      const { last_seq } = (await centre.manager.streams.info(stream)).state;
      expect((await own[service].manager.direct.getMessage(stream, { seq: last_seq }))?.seq).toBe(last_seq);
    }
  });

  const others = (service: Service): Service[] => services.filter((other) => other !== service);
  const attempts = services.flatMap((service) => [
    ...others(service).flatMap((other): [Service, string, string][] => [
      [service, `say an event of ${other}`, `${namespace}.${other}.thing.done.v1`],
      [
        service,
        `read by the durable of ${other}`,
        `$JS.API.CONSUMER.MSG.NEXT.${durableOf(other).stream}.${durableOf(other).durable}`,
      ],
      [
        service,
        `look at the durable of ${other}`,
        `$JS.API.CONSUMER.INFO.${durableOf(other).stream}.${durableOf(other).durable}`,
      ],
      [service, `acknowledge for ${other}`, `$JS.ACK.${durableOf(other).stream}.${durableOf(other).durable}.1.1.1.1.0`],
    ]),
    ...(service === 'cases'
      ? []
      : ([[service, 'say a sealed event', `${namespace}.sealed.cases.person-contact.changed.v1`]] as [
          Service,
          string,
          string,
        ][])),
    ...(service === 'notifications'
      ? []
      : ([
          [service, 'lay an event for a partner', partnerSubject(namespace, 'powiat', 's')],
          [service, 'take back what partners read', `$JS.API.STREAM.PURGE.${partners.name}`],
        ] as [Service, string, string][])),
    ...[
      ['purge its own stream', `$JS.API.STREAM.PURGE.${streamOf(service)}`],
      ['delete its own stream', `$JS.API.STREAM.DELETE.${streamOf(service)}`],
      ['change its own stream', `$JS.API.STREAM.UPDATE.${streamOf(service)}`],
      ['create a stream', '$JS.API.STREAM.CREATE.MINE'],
      ['list the streams', '$JS.API.STREAM.LIST'],
      ['delete a message', `$JS.API.STREAM.MSG.DELETE.${streamOf(service)}`],
      ['read a message past its durable', `$JS.API.STREAM.MSG.GET.${streamOf('sealed')}`],
      ...others(service)
        .filter((other) => !ownStreams(namespace, service).includes(streamOf(other)))
        .map((other) => [`read a message of ${other} directly`, `$JS.API.DIRECT.GET.${streamOf(other)}`]),
      ...(ownStreams(namespace, service).includes(streamOf('sealed'))
        ? []
        : [['read a sealed message directly', `$JS.API.DIRECT.GET.${streamOf('sealed')}`]]),
      ['make a durable of its own', `$JS.API.CONSUMER.CREATE.${streamOf('sealed')}.mine`],
      ['delete its durable', `$JS.API.CONSUMER.DELETE.${durableOf(service).stream}.${durableOf(service).durable}`],
      ['say something again to another', `${namespace}.replay.cases.run.x`],
      ['ask the server about others', '$SYS.REQ.SERVER.PING.CONNZ'],
    ].map(([what = '', subject = '']): [Service, string, string] => [service, what, subject]),
  ]);

  test.each(attempts)('refuses %s to %s', async (service, _, subject) => {
    await expect(
      own[service].connection.request(subject, '{"batch":1,"no_wait":true}', { timeout: 1_000 }),
    ).rejects.toThrow(/permission/i);
  });

  test.each(
    services.flatMap((service) =>
      [
        '>',
        `${namespace}.>`,
        `${namespace}.sealed.>`,
        '_INBOX.>',
        '_INBOX_centre.>',
        `_INBOX_${others(service)[0]}.>`,
        '$JS.>',
      ].map((subject): [Service, string] => [service, subject]),
    ),
  )('refuses %s to listen to %s', async (service, subject) => {
    const error = await new Promise<Error | null>((resolve) =>
      own[service].connection.subscribe(subject, { callback: (refused) => resolve(refused) }),
    );
    expect(String(error)).toMatch(/permission/i);
  });

  test('lets nobody in without a password, or with that of another', async () => {
    await expect(openBroker(`nats://127.0.0.1:${port}`, 'nobody')).rejects.toThrow(/authorization/i);
    await expect(openBroker(`nats://cases:providers@127.0.0.1:${port}`, 'cases')).rejects.toThrow(/authorization/i);
  });

  test('lets the centre read every stream', async () => {
    for (const { name } of streams.filter(({ name: one }) => one !== streamOf('sealed'))) {
      const history = await History.open(centre, name, [`${namespace}.>`]);
      expect((await history.take(10)).length).toBeGreaterThan(0);
      history.stop();
    }
  });
});
