import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { serviceOfferWithdrawnV1 } from '@okienko/contracts/catalogue/service-offer-withdrawn.v1';
import { event } from '@okienko/contracts/event';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { MailServer } from '../messages/far-ends';
import { MovedClock } from '../scenario';
import { notificationsService } from '../service';

export interface Hit {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** A partner's system with one sink for each subscription: answers OPTIONS and POST as it is told. */
export class Sinks {
  readonly hits = new Map<string, Hit[]>();
  readonly agrees = new Map<string, Record<string, string>>();
  readonly answers = new Map<string, number>();
  /** What is said beside the status. */
  readonly says = new Map<string, string>();
  /** What it will not have, be it down or not. */
  readonly refuses = new Map<string, (hit: Hit) => boolean>();
  private readonly server: Server = createServer((request, response) => {
    const { url: path = '', method = '', headers } = request;
    void text(request).then((body) => {
      const hit = { method, headers, body, at: Date.now() };
      this.hits.set(path, [...this.at(path), hit]);
      if (method === 'OPTIONS') response.writeHead(this.agrees.has(path) ? 200 : 405, this.agrees.get(path)).end();
      else if (this.refuses.get(path)?.(hit)) response.writeHead(422).end();
      else response.writeHead(this.answers.get(path) ?? 204).end(this.says.get(path));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  at(path: string): Hit[] {
    return this.hits.get(path) ?? [];
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

export const partner = (partnerId: string) => ({ sub: `system-${partnerId}`, roles: ['partner'] as const, partnerId });
export const director = { sub: 'director-maria', roles: ['director'] } as const;

export interface Subscribed {
  readonly id: string;
  readonly secret?: string;
  readonly publicKey?: string;
  readonly partnerId: string;
  readonly path: string;
}

/** The service, a partner's sinks, and a mail server. */
export class WebhookScenario {
  private constructor(
    readonly service: ServiceUnderTest,
    readonly sinks: Sinks,
    readonly place: string,
    readonly mail: MailServer,
    readonly clock: MovedClock,
  ) {}

  /** `places`: more of the partner's servers, by host and port. */
  static async start(places: readonly string[] = [], more: Record<string, string> = {}): Promise<WebhookScenario> {
    const [sinks, mail, clock] = [new Sinks(), new MailServer(), new MovedClock()];
    const place = await sinks.start();
    const { privateJwk } = await generateSealingKeyPair();
    const environment = {
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(privateJwk),
      SMTP_URL: await mail.start(),
      MAIL_FROM: 'CUS <wiadomosci@cus.example.pl>',
      ALLOWED_PRIVATE_SINKS: [place, ...places].join(','),
      ...more,
    };
    const service = await startForTest(notificationsService, environment, clock);
    return new WebhookScenario(service, sinks, place, mail, clock);
  }

  async stop(): Promise<void> {
    this.sinks.stop();
    await this.service.stop();
    await this.mail.stop();
  }

  /** Asks for a subscription to what it is granted, at a sink of its own. */
  async ask(more: object = {}, agrees?: Record<string, string>) {
    const partnerId = `partner-${randomUUID()}`;
    const path = `/${partnerId}`;
    if (agrees) this.sinks.agrees.set(path, agrees);
    const grant = { partnerId, types: ['catalogue.'], validFrom: '2020-01-01', validTo: '2199-12-31' };
    await this.service.http('POST', '/grants', { as: director, body: grant });
    const body = { sink: `http://${this.place}${path}`, ...more };
    const answer = await this.service.http<Record<string, string>>('POST', '/subscriptions', {
      as: partner(partnerId),
      body,
    });
    return { answer, partnerId, path };
  }

  async subscribed(more: object = {}, agrees?: Record<string, string>): Promise<Subscribed> {
    const { answer, partnerId, path } = await this.ask(more, agrees);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return { ...(answer.body as unknown as { id: string }), partnerId, path };
  }

  withdraw(offer: string = randomUUID(), sequence = 1): Promise<string> {
    return this.service.publish(event(serviceOfferWithdrawnV1, offer, { reasonCode: 'EXAMPLE' }), { sequence });
  }

  posted(path: string, count: number): Promise<Hit[]> {
    return this.service.eventually(() => {
      const hits = this.sinks.at(path).filter(({ method }) => method === 'POST');
      if (hits.length !== count) throw new Error(`${hits.length} posts`);
      return hits;
    });
  }
}
