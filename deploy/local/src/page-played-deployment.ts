import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import { type NatsConnection, connect } from '@nats-io/transport-node';
import { type CloudEvent, type EventContract, envelope, event, services, subjectOf } from '@okienko/contracts/event';
import { Webhook } from 'standardwebhooks';
import { type Engines, startEngines } from './engines';
import { type Issuer, startIssuer } from './issuer';
import { type LiveEvents, followEvents } from './live-events';
import { type Mailbox, startMailbox } from './mailbox';
import { startPage } from './page';
import type { Shown, Step } from './page-shown';
import { type SamplePartner, startPartner } from './partner';
import { temporaryHome } from './paths';
import { freePort } from './ports';
import { prepareStreams } from './services';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const cause = { traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`, correlationId: randomUUID() };

/** What a service says when it is asked for the nth time: of each ten more requests, half of them fast, and three dead letters. */
export const metrics = (nth: number): string => `# TYPE okienko_http_request_seconds histogram
okienko_http_request_seconds_bucket{le="0.1",route="/plans"} ${nth * 5}
okienko_http_request_seconds_bucket{le="0.5",route="/plans"} ${nth * 10}
okienko_http_request_seconds_bucket{le="+Inf",route="/plans"} ${nth * 10}
okienko_http_request_seconds_count{route="/plans"} ${nth * 10}
okienko_http_request_seconds_count{route="/metrics"} ${nth * 1000}
okienko_dead_letters_parked{consumer="a \\"quoted\\" one",reason="REFUSED"} 3
`;

/** For tests of the page: everything that it shows is real, only the four services are played. */
export class PlayedDeployment {
  readonly home = temporaryHome();
  readonly steps: Step[] = [];
  readonly played = new Map<string, { server: Server; ready: boolean }>();
  engines!: Engines;
  issuer!: Issuer;
  mailbox!: Mailbox;
  partner!: SamplePartner;
  live!: LiveEvents;
  connection!: NatsConnection;
  stream!: JetStreamClient;
  port!: number;
  page!: { url: string; stop(): Promise<void> };

  async start(): Promise<void> {
    const { home } = this;
    this.engines = await startEngines({ home, ports: 'free', syncAlways: false });
    await prepareStreams(this.engines.nats.url);
    this.connection = await connect({ servers: this.engines.nats.url });
    this.stream = jetstream(this.connection);
    this.issuer = await startIssuer({ home, port: await freePort() });
    this.mailbox = await startMailbox({ home, port: await freePort() });
    this.partner = await startPartner({ port: await freePort() });
    this.partner.use(secret);
    this.live = await followEvents({ url: this.engines.nats.url });
    for (const name of services) this.played.set(name, await this.playService());
    this.port = await freePort();
    await this.open();
  }

  async open(): Promise<void> {
    this.page = await startPage({ port: this.port, shown: this.shown() });
  }

  async stop(): Promise<void> {
    await this.page.stop();
    await Promise.all([this.live.stop(), this.partner.stop(), this.mailbox.stop(), this.issuer.stop()]);
    for (const { server } of this.played.values()) server.close();
    await this.connection.close();
    await this.engines.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  async publish(contract: EventContract, sequence = 1): Promise<CloudEvent> {
    const fact = event(contract, randomUUID(), contract.examples[0] ?? {});
    const sent = envelope(fact, sequence, new Date(), cause);
    await this.stream.publish(`okienko.${subjectOf(contract)}`, JSON.stringify(sent));
    return sent;
  }

  async sendWebhook(sent: CloudEvent, place: number, key = secret): Promise<void> {
    const [body, now] = [JSON.stringify(sent), new Date()];
    const headers = {
      'webhook-id': sent.id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(key).sign(sent.id, now, body),
      'okienko-sequence': String(place),
    };
    await fetch(this.partner.url, { method: 'POST', headers, body });
  }

  /** The dialogue of RFC 5321 by hand. */
  async sendMail(subject: string, text: string): Promise<void> {
    const socket = createConnection(this.mailbox.port, '127.0.0.1');
    const arrived = new Promise<void>((heard) => {
      const silence = this.mailbox.onMessage(() => {
        silence();
        heard();
      });
    });
    socket.resume();
    const headers = `From: cus@example.pl\r\nTo: jan@example.pl\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=utf-8`;
    const talk = ['EHLO test', 'MAIL FROM:<cus@example.pl>', 'RCPT TO:<jan@example.pl>', 'DATA'];
    for (const line of talk) {
      await once(socket, 'data');
      socket.write(`${line}\r\n`);
    }
    await once(socket, 'data');
    socket.write(`${headers}\r\n\r\n${text}\r\n.\r\n`);
    await arrived;
    socket.end('QUIT\r\n');
  }

  private shown(): Shown {
    return {
      services: [...this.played].map(([name, { server }]) => ({
        name,
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        pid: () => 4711,
      })),
      engines: [this.engines.postgres, this.engines.nats],
      issuer: this.issuer,
      mailbox: this.mailbox,
      partner: this.partner,
      live: this.live,
      timeline: () => this.steps,
      note: 'Played for a test.',
    };
  }

  private async playService(): Promise<{ server: Server; ready: boolean }> {
    const played = { ready: true, scrapes: 0, server: createServer() };
    played.server.on('request', ({ url }, response) => {
      if (url === '/metrics') {
        played.scrapes += 1;
        return response.end(metrics(played.scrapes));
      }
      const known = url === '/health/ready';
      response.writeHead(known ? (played.ready ? 200 : 503) : 404, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ status: played.ready ? 'ready' : 'not-ready', version: '0.1.0', pid: 1 }));
    });
    played.server.listen(0, '127.0.0.1');
    await once(played.server, 'listening');
    return played;
  }
}
