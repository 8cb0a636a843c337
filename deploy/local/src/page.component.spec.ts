import { request } from 'node:http';
import { services } from '@okienko/contracts/event';
import { PlayedDeployment } from './page-played-deployment';

jest.setTimeout(120_000);
delete process.env['DATABASE_URL'];
delete process.env['NATS_URL'];

describe('the page', () => {
  const deployment = new PlayedDeployment();
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
