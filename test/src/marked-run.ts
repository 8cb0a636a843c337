import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Service } from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { eventually } from '@okienko/testing/eventually';
import type { ServiceUnderTest } from '@okienko/testing/service-test';
import { startFour } from './four-services';
import { MailServerThatTalks } from './mail-server-that-talks';
import { jadwiga, MarkedPeople, operator, zenon } from './marked-people';
import { TraceCollector } from './trace-collector';
import { Tracker } from './traces';

// Of a telephone number its country may be left out.
const tracker = new Tracker([
  ...Object.values(jadwiga),
  ...Object.values(zenon),
  jadwiga.phone.slice(3),
  jadwiga.laterPhone.slice(3),
]);
export const tracesIn = (texts: readonly string[]): string[] => [...new Set(texts.flatMap((text) => tracker.in(text)))];

/** Four services that log and trace everything, with a mail server, a partner and two marked people who go all the way. */
export class MarkedRun {
  readonly mail = new MailServerThatTalks(jadwiga.refused);
  /** What the partner was sent, with its headers. */
  readonly posted: string[] = [];
  readonly logged: string[] = [];
  readonly collector = new TraceCollector();
  /** Of `cases` and of `notifications`. */
  readonly masterKeys = { cases: key(), notifications: key() };
  services!: Record<Service, ServiceUnderTest>;
  people!: MarkedPeople;
  broker!: Broker;
  private readonly write = process.stdout.write.bind(process.stdout);
  private readonly sink = createServer((request, response) => {
    let body = JSON.stringify(request.headers);
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      this.posted.push(body);
      response.end();
    });
  });

  async start(): Promise<void> {
    process.env['TEST_LOG_LEVEL'] = 'trace';
    process.stdout.write = (line: unknown) => this.logged.push(String(line)) > 0;
    await new Promise<void>((resolve) => this.sink.listen(0, '127.0.0.1', resolve));
    const place = `127.0.0.1:${(this.sink.address() as AddressInfo).port}`;
    this.services = await startFour({
      together: true,
      all: { OTEL_EXPORTER_OTLP_ENDPOINT: await this.collector.start() },
      cases: { MASTER_KEY: this.masterKeys.cases },
      notifications: {
        MASTER_KEY: this.masterKeys.notifications,
        SMTP_URL: await this.mail.start(),
        MESSAGE_GRACE_SECONDS: '0',
        MESSAGE_ATTEMPTS: '1',
        ALLOWED_PRIVATE_SINKS: place,
      },
    });
    this.broker = await openBroker(process.env['TEST_NATS_URL'] ?? '', 'finder');
    await this.subscribe(`http://${place}/hook`);
    this.people = new MarkedPeople(this.services.cases);
    const application = await this.people.register();
    await eventually(() => {
      if (this.mail.refusals === 0) throw new Error('the mail server has refused nothing yet');
    }, 20_000);
    await this.people.serve(application);
    await this.people.refuse();
    await this.quiet();
  }

  say(sentence: string): void {
    this.write(`${sentence}\n`);
  }

  async stop(): Promise<void> {
    process.stdout.write = this.write;
    delete process.env['TEST_LOG_LEVEL'];
    const { cases, ...others } = this.services;
    await Promise.all(Object.values(others).map((service) => service.stop()));
    await cases.stop();
    await this.broker.connection.close();
    this.sink.close();
    this.collector.stop();
    await this.mail.stop();
  }

  private async subscribe(hook: string): Promise<void> {
    const grant = { partnerId: 'powiat', types: ['catalogue.', 'cases.', 'providers.'] };
    const body = { ...grant, validFrom: '2020-01-01', validTo: '2199-12-31' };
    const partner = { sub: 'powiat', roles: ['partner'], partnerId: 'powiat' } as const;
    const { notifications } = this.services;
    const given = await notifications.http('POST', '/grants', { as: operator, body });
    const made = await notifications.http('POST', '/subscriptions', { as: partner, body: { sink: hook } });
    if (given.status !== 201 || made.status !== 201)
      throw new Error(`the partner has no subscription: ${given.status}, ${made.status}`);
  }

  /** Every consumer has read everything, and every message and webhook has gone. */
  private quiet(): Promise<void> {
    const none = (left: readonly unknown[], what: string): void => {
      if (left.length > 0) throw new Error(`${what}: ${left.length} left`);
    };
    return eventually(async () => {
      for (const { stream, durable } of topology(this.services.cases.namespace).consumers) {
        const { num_pending, num_ack_pending } = await this.broker.manager.consumers.info(stream, durable);
        if (num_pending + num_ack_pending > 0) throw new Error(`${durable} has not read everything`);
      }
      for (const [name, service] of Object.entries(this.services))
        none(await service.sql('select 1 from outbox where seq > (select low from outbox_relay)'), `outbox of ${name}`);
      const { notifications } = this.services;
      none(await notifications.sql("select 1 from message where state = 'QUEUED'"), 'messages');
      none(await notifications.sql("select 1 from dispatch where state = 'PENDING'"), 'webhooks');
    }, 60_000);
  }
}

function key(): string {
  return randomBytes(32).toString('base64');
}
