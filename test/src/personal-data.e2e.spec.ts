import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Service } from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { eventually } from '@okienko/testing/eventually';
import type { ServiceUnderTest } from '@okienko/testing/service-test';
import { startFour } from './four-services';
import { MailServerThatTalks } from './mail-server-that-talks';
import { desk, jadwiga, MarkedPeople, operator, zenon } from './marked-people';
import { Tracker } from './traces';

// Of a telephone number its country may be left out.
const tracker = new Tracker([
  ...Object.values(jadwiga),
  ...Object.values(zenon),
  jadwiga.phone.slice(3),
  jadwiga.laterPhone.slice(3),
]);
const tracesIn = (texts: readonly string[]): string[] => [...new Set(texts.flatMap((text) => tracker.in(text)))];

describe('of people whose every datum is marked', () => {
  const mail = new MailServerThatTalks(jadwiga.refused);
  const posted: string[] = [];
  const logged: string[] = [];
  const sink = createServer((request, response) => {
    let body = JSON.stringify(request.headers);
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      posted.push(body);
      response.end();
    });
  });
  let broker: Broker;
  let services: Record<Service, ServiceUnderTest>;
  let people: MarkedPeople;

  beforeAll(async () => {
    process.env['TEST_LOG_LEVEL'] = 'trace';
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
    await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
    const place = `127.0.0.1:${(sink.address() as AddressInfo).port}`;
    services = await startFour({
      together: true,
      notifications: {
        SMTP_URL: await mail.start(),
        MESSAGE_GRACE_SECONDS: '0',
        MESSAGE_ATTEMPTS: '1',
        ALLOWED_PRIVATE_SINKS: place,
      },
    });
    broker = await openBroker(process.env['TEST_NATS_URL'] ?? '', 'finder');
    await subscribe(`http://${place}/hook`);
    people = new MarkedPeople(services.cases);
    const application = await people.register();
    await eventually(() => expect(mail.refusals).toBeGreaterThan(0), 20_000);
    await people.serve(application);
    await people.refuse();
    await quiet();
  }, 120_000);

  afterAll(async () => {
    jest.restoreAllMocks();
    delete process.env['TEST_LOG_LEVEL'];
    const { cases, ...others } = services;
    await Promise.all(Object.values(others).map((service) => service.stop()));
    await cases.stop();
    await broker.connection.close();
    sink.close();
    await mail.stop();
  }, 30_000);

  async function subscribe(hook: string): Promise<void> {
    const grant = { partnerId: 'powiat', types: ['catalogue.', 'cases.', 'providers.'] };
    const body = { ...grant, validFrom: '2020-01-01', validTo: '2199-12-31' };
    const partner = { sub: 'powiat', roles: ['partner'], partnerId: 'powiat' } as const;
    const given = await services.notifications.http('POST', '/grants', { as: operator, body });
    const made = await services.notifications.http('POST', '/subscriptions', { as: partner, body: { sink: hook } });
    expect([given.status, made.status]).toEqual([201, 201]);
  }

  /** Every consumer has read everything, and every message and webhook has gone. */
  const quiet = (): Promise<void> =>
    eventually(async () => {
      for (const { stream, durable } of topology(services.cases.namespace).consumers) {
        const { num_pending, num_ack_pending } = await broker.manager.consumers.info(stream, durable);
        expect([durable, num_pending, num_ack_pending]).toEqual([durable, 0, 0]);
      }
      for (const service of Object.values(services))
        expect(await service.sql('select 1 from outbox where seq > (select low from outbox_relay)')).toEqual([]);
      expect(await services.notifications.sql("select 1 from message where state = 'QUEUED'")).toEqual([]);
      expect(await services.notifications.sql("select 1 from dispatch where state = 'PENDING'")).toEqual([]);
    }, 60_000);

  test('the data did go where they belong', async () => {
    const { body } = await services.cases.http('GET', `/persons/${people.personId}`, { as: desk });
    expect(body).toMatchObject({ familyName: jadwiga.familyName, contact: { email: jadwiga.later } });
    expect(tracesIn(mail.mails)).toEqual(expect.arrayContaining([jadwiga.later, zenon.email]));
    expect(tracesIn([JSON.stringify(body)])).toEqual(
      expect.arrayContaining([jadwiga.pesel, jadwiga.givenName, jadwiga.familyName, jadwiga.birthDate, jadwiga.later]),
    );
  });

  test('nothing is on any stream', async () => {
    let messages = 0;
    for (const { name } of topology(services.cases.namespace).streams) {
      const { state } = await broker.manager.streams.info(name);
      for (let seq = state.first_seq; seq <= state.last_seq && state.messages > 0; seq += 1) {
        const message = await broker.manager.streams.getMessage(name, { seq });
        messages += 1;
        const headers = [...(message?.header ?? [])].flat(2).join(' ');
        expect([message?.subject, tracesIn([`${message?.subject} ${headers} ${message?.string()}`])]).toEqual([
          message?.subject,
          [],
        ]);
      }
    }
    expect(messages).toBeGreaterThan(25);
  }, 30_000);

  /** Every table that has rows, with what was found in them. */
  async function tables(): Promise<Map<string, string[]>> {
    const filled = new Map<string, string[]>();
    for (const [name, service] of Object.entries(services)) {
      const all = await service.sql<{ table: string }>(
        `select table_name as table from information_schema.tables where table_schema = current_schema()`,
      );
      for (const { table } of all) {
        const rows = await service.sql<{ row: string }>(`select t::text as row from "${table}" t`);
        if (rows.length > 0) filled.set(`${name}.${table}`, tracesIn(rows.map(({ row }) => row)));
      }
    }
    return filled;
  }

  test('nothing is in any table of any service, not even as bytes', async () => {
    const found = await tables();
    expect([...found].filter(([, traces]) => traces.length > 0)).toEqual([]);
    const expected = [
      ...['person', 'person_contact', 'needs_recognition', 'decision', 'outbox', 'idempotency_key', 'access_log'].map(
        (table) => `cases.${table}`,
      ),
      ...['recipient', 'message', 'inbox', 'dispatch', 'feed_event'].map((table) => `notifications.${table}`),
    ];
    expect([...found.keys()]).toEqual(expect.arrayContaining(expected));
  }, 30_000);

  test('it would be found if it were there', async () => {
    await services.providers.sql(`create table planted as select convert_to($1, 'UTF8') as hidden`, [
      `x${jadwiga.address}`,
    ]);
    expect((await tables()).get('providers.planted')).toEqual([jadwiga.address]);
    await services.providers.sql('drop table planted');
  }, 30_000);

  test('nothing is in a log line, at any level', () => {
    expect(logged.length).toBeGreaterThan(50);
    expect(logged.filter((line) => tracesIn([line]).length > 0)).toEqual([]);
  });

  test('nothing is in a metric', async () => {
    for (const service of Object.values(services)) {
      const { status, body } = await service.http<string>('GET', '/metrics');
      expect([status, tracesIn([JSON.stringify(body)])]).toEqual([200, []]);
    }
  });

  test('nothing is in what the operator sees of dead letters', async () => {
    for (const service of Object.values(services)) {
      const { body } = await service.http('GET', '/dead-letters', { as: operator });
      expect(tracesIn([JSON.stringify(body)])).toEqual([]);
    }
  });

  test('nothing is in a refusal, or at a partner', () => {
    expect(people.refusals.length).toBeGreaterThan(5);
    expect(tracesIn(people.refusals)).toEqual([]);
    expect(posted.length).toBeGreaterThan(10);
    expect(tracesIn(posted)).toEqual([]);
  });
});
