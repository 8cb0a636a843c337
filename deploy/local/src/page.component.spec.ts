import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { type Server, createServer, request } from 'node:http';
import { createConnection } from 'node:net';
import { type AddressInfo } from 'node:net';
import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import { type NatsConnection, connect } from '@nats-io/transport-node';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { type CloudEvent, type EventContract, envelope, event, services, subjectOf } from '@okienko/contracts/event';
import { providerRegisteredV1 } from '@okienko/contracts/providers/provider-registered.v1';
import { type Browser, type Page, chromium } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { type Engines, startEngines } from './engines';
import { type Issuer, startIssuer } from './issuer';
import { type LiveEvents, followEvents } from './live-events';
import { type Mailbox, startMailbox } from './mailbox';
import { type Shown, type Step, startPage } from './page';
import { chromiumOnPath } from './page-browser';
import { type SamplePartner, startPartner } from './partner';
import { temporaryHome } from './paths';
import { freePort } from './ports';
import { prepareStreams } from './services';

jest.setTimeout(120_000);
delete process.env['DATABASE_URL'];
delete process.env['NATS_URL'];

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const cause = { traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`, correlationId: randomUUID() };

/** A deployment in which only the four services are played. */
class Deployment {
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

  /** RFC 5321 without waiting for the replies, which this mailbox allows. */
  async sendMail(subject: string, text: string): Promise<void> {
    const before = this.mailbox.messages().length;
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
    expect(this.mailbox.messages()).toHaveLength(before + 1);
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
    const played = { ready: true, server: createServer() };
    played.server.on('request', ({ url }, response) => {
      const known = url === '/health/ready';
      response.writeHead(known ? (played.ready ? 200 : 503) : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: played.ready ? 'ready' : 'not-ready', version: '0.1.0', pid: 1 }));
    });
    played.server.listen(0, '127.0.0.1');
    await once(played.server, 'listening');
    return played;
  }
}

describe('the page', () => {
  const deployment = new Deployment();
  beforeAll(() => deployment.start());
  afterAll(() => deployment.stop());

  const get = async (path: string) => (await fetch(deployment.page.url + path)).json() as Promise<unknown>;

  /** `fetch` would set these headers itself. */
  const statusWith = (path: string, method: string, headers: Record<string, string>) =>
    new Promise<number>((answer, failed) => {
      const asked = request({ host: '127.0.0.1', port: deployment.port, path, method, headers }, (response) => {
        response.resume();
        answer(response.statusCode ?? 0);
      });
      asked.on('error', failed).end();
    });

  describe('as JSON', () => {
    it('lists the services and the engines, and keeps their passwords', async () => {
      const { postgres, nats } = deployment.engines;
      const status = await get('/status.json');
      expect(status).toMatchObject({
        ready: true,
        services: services.map((name) => ({ name, ready: true, version: '0.1.0', pid: 4711 })),
        engines: [
          { name: 'postgres', ready: true, version: postgres.version, pid: postgres.pid, source: postgres.source },
          { name: 'nats', ready: true, url: nats.url, version: nats.version, pid: nats.pid, source: nats.source },
        ],
        issuer: deployment.issuer.url,
      });
      const { password, port } = new URL(postgres.url);
      expect(password).not.toBe('');
      expect(JSON.stringify(status)).not.toContain(password);
      expect(JSON.stringify(status)).toContain(`postgresql://127.0.0.1:${port}/postgres`);
    });

    it('says who is not ready', async () => {
      const cases = deployment.played.get('cases');
      if (cases) cases.ready = false;
      try {
        const status = await get('/status.json');
        expect(status).toMatchObject({
          ready: false,
          services: services.map((name) => ({ name, ready: name !== 'cases', version: '0.1.0' })),
        });
      } finally {
        if (cases) cases.ready = true;
      }
    });

    it('gives a token to this page alone, and no account’s secret to anybody', async () => {
      const answer = await fetch(`${deployment.page.url}/tokens/coordinator-ewa`, { method: 'POST' });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
      expect(payload).toMatchObject({ sub: 'coordinator-ewa', roles: ['coordinator'] });

      const host = `localhost:${deployment.port}`;
      const token2 = (headers: Record<string, string>) => statusWith('/tokens/desk-anna', 'POST', headers);
      expect(await token2({ host, origin: `http://${host}` })).toBe(200);
      expect(await token2({ host, origin: 'http://localhost:9999' })).toBe(403);
      expect(await token2({ host, origin: 'https://example.pl' })).toBe(403);
      expect(await token2({ host, origin: 'null' })).toBe(403);
      expect(await statusWith('/tokens/nobody', 'POST', { host })).toBe(404);
      expect(await statusWith('/tokens/desk-anna', 'GET', { host })).toBe(404);

      const accounts = JSON.stringify(await get('/accounts.json'));
      for (const { id, secret: hidden } of deployment.issuer.clients()) {
        expect(accounts).toContain(id);
        expect(accounts).not.toContain(hidden);
      }
    });

    it('answers no other name than this machine’s own', async () => {
      for (const path of ['/', '/mailbox.json', '/stream', '/tokens/desk-anna']) {
        const method = path.startsWith('/tokens') ? 'POST' : 'GET';
        expect(await statusWith(path, method, { host: `attacker.example:${deployment.port}` })).toBe(421);
      }
    });

    it('has nothing written into the page, and nothing from elsewhere', async () => {
      const response = await fetch(deployment.page.url);
      expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      const html = (await response.text()) + (await (await fetch(`${deployment.page.url}/asyncapi`)).text());
      expect(html).not.toMatch(/<script(?![^>]* src="\/assets)|<style| style=| on\w+="|(?:src|href)="https?:/);
    });

    it('renders every event of the contracts', async () => {
      const html = await (await fetch(`${deployment.page.url}/asyncapi`)).text();
      expect(html).toContain('A resident has applied for services (art. 35)');
      expect(html).toContain('id="providers.provider.registered.v1"');
    });
  });

  const found = chromiumOnPath();
  if (found === undefined) it.skip('is shown in a browser: there is no Chromium on the path', () => {});

  (found === undefined ? describe.skip : describe)('in a browser', () => {
    const complaints: string[] = [];
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      browser = await chromium.launch(found);
    });
    afterAll(() => browser?.close());
    beforeEach(async () => {
      complaints.length = 0;
      const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
      page = await context.newPage();
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(deployment.page.url);
      await page.getByText('Everything is ready.').waitFor();
    });
    afterEach(() => page.context().close());

    const events = () => page.getByRole('list', { name: 'Events, newest first' });

    it('shows what happens as it happens', async () => {
      const submitted = await deployment.publish(applicationSubmittedV1, 3);
      const entry = events().getByRole('listitem').filter({ hasText: applicationSubmittedV1.title }).first();
      await entry.locator('summary').click();
      await entry.getByText(submitted.subject).waitFor();
      expect(await entry.textContent()).toContain('no.\u00a03');

      await deployment.sendMail('Decyzja', 'Dzień dobry, usługa została przyznana.');
      await page.getByText('Decyzja').click();
      await page.getByText('usługa została przyznana').waitFor();

      await deployment.sendWebhook(submitted, 1);
      await deployment.sendWebhook(await deployment.publish(providerRegisteredV1), 2, `whsec_${'A'.repeat(44)}`);
      await page.getByText('signature verified').waitFor();
      await page.getByText('signature wrong, refused').waitFor();
      await page.getByText('1 event received and verified, places 1 to 1, none missing. 1 webhook refused.').waitFor();

      deployment.steps.push({ at: new Date().toISOString(), title: 'Plan approved', detail: 'by another person' });
      await page.getByText('by another person').waitFor();
      await page.getByText('Played for a test.').waitFor();
      expect(complaints).toEqual([]);
    });

    it('shows of a sealed event its type and nothing else', async () => {
      const { data } = await deployment.publish(personContactChangedV1);
      const entry = events().getByRole('listitem').filter({ hasText: personContactChangedV1.title }).first();
      await entry.locator('summary').click();
      await entry.getByText('Sealed: encrypted for one service').waitFor();
      expect(await page.content()).not.toContain((data as { recipient: string }).recipient);
    });

    it('takes text for text, whoever wrote it', async () => {
      await deployment.sendMail('<b>Tytuł</b>', '<img src=x onerror="document.title=1">');
      await page.getByText('<b>Tytuł</b>').click();
      await page.getByText('<img src=x').waitFor();
      expect(await page.locator('#mail-list img').count()).toBe(0);
      expect(complaints).toEqual([]);
    });

    it('shows the events of one service', async () => {
      await deployment.publish(applicationSubmittedV1);
      await deployment.publish(providerRegisteredV1);
      await page.getByRole('radio', { name: 'providers' }).check();
      await events().getByText(applicationSubmittedV1.title).first().waitFor({ state: 'detached' });
      await events().getByText(providerRegisteredV1.title).first().waitFor();
      expect(new Set(await events().locator('.tag').allTextContents())).toEqual(new Set(['providers']));
    });

    it('waits while it is paused', async () => {
      await page.getByRole('button', { name: 'Pause updates' }).press('Enter');
      const { subject } = await deployment.publish(providerRegisteredV1);
      await page.getByRole('button', { name: 'Paused, 1 waiting', pressed: true }).waitFor();
      expect(await page.content()).not.toContain(subject);
      await page.getByRole('button', { name: 'Paused' }).press('Enter');
      await page.locator(`code:text("${subject.slice(0, 8)}")`).first().waitFor({ state: 'attached' });
      await page.getByRole('button', { name: 'Pause updates', pressed: false }).waitFor();
    });

    it('copies a token', async () => {
      await page.getByRole('button', { name: 'Copy a token of Ewa Sroka, coordinator' }).press('Enter');
      await page.getByText('Token of Ewa Sroka copied.').waitFor();
      expect(await page.evaluate<string>('navigator.clipboard.readText()')).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
    });

    it('finds the deployment again, and shows nothing twice', async () => {
      const { subject } = await deployment.publish(providerRegisteredV1);
      const entry = page.locator(`code:text("${subject.slice(0, 8)}")`);
      await entry.waitFor({ state: 'attached' });
      const before = await events().getByRole('listitem').count();
      await deployment.page.stop();
      await page.getByText('Connection lost, trying again').waitFor();
      await deployment.open();
      await page.getByText('Live', { exact: true }).waitFor();
      await deployment.publish(applicationSubmittedV1, 99);
      await events().getByText('no.\u00a099').waitFor();
      expect(await entry.count()).toBe(1);
      expect(await events().getByRole('listitem').count()).toBe(Math.min(before + 1, 10));
    });

    it('is reached by keyboard alone, everywhere, and shows where one is', async () => {
      await page.locator('#event-list summary').first().waitFor();
      await page.locator('#accounts button').first().waitFor();
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
      const unseen: unknown[] = [];
      for (;;) {
        const here = await page.evaluate<{ name: string; seen: boolean } | null>(`(() => {
          const here = document.activeElement;
          if (here === document.body || here.dataset.reached) return null;
          here.dataset.reached = 'yes';
          return { name: here.outerHTML, seen: getComputedStyle(here).outlineStyle !== 'none' };
        })()`);
        if (here === null) break;
        if (!here.seen) unseen.push(here.name);
        await page.keyboard.press('Tab');
      }
      const missed = await page.evaluate<string[]>(`[...document.querySelectorAll(
        'a[href], button, summary, input:checked, textarea, [tabindex="0"]')]
        .filter((one) => one.checkVisibility() && !one.dataset.reached).map((one) => one.outerHTML)`);
      expect({ unseen, missed }).toEqual({ unseen: [], missed: [] });
    });

    it.each(['/', '/asyncapi'])('fits a phone: %s', async (path) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(deployment.page.url + path);
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
      expect(complaints).toEqual([]);
    });
  });
});
