import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { allowedSinks } from '../subscriptions/sink';
import { certified } from '../subscriptions/certificates.sample';
import { publicLookup, SinkClient } from './sink-client';

describe('posting to a sink', () => {
  let server: Server;
  let port: number;
  let hits = 0;
  const clients: SinkClient[] = [];
  const client = (allowed = ''): SinkClient => {
    const made = new SinkClient(allowedSinks(allowed));
    clients.push(made);
    return made;
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      hits += 1;
      if (request.url === '/elsewhere') response.writeHead(302, { location: '/here' }).end();
      else if (request.url === '/endless') response.writeHead(200).end('x'.repeat(4 * 1024 * 1024));
      else response.writeHead(429, { 'retry-after': '7' }).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    await Promise.all(clients.map((made) => made.close()));
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    hits = 0;
  });

  it.each([
    'http://127.0.0.1',
    'https://127.0.0.1',
    'https://localhost',
    'https://2130706433',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
  ])('never connects to %s', async (origin) => {
    expect(await client().post(`${origin}:${port}/in`, {}, '{}')).toEqual({ errorCode: 'SINK_NOT_PUBLIC' });
    expect(await client().ask(`${origin}:${port}/in`, {})).toMatchObject({ errorCode: 'SINK_NOT_PUBLIC' });
    expect(hits).toBe(0);
  });

  it('never asks for a token there, and a certificate opens no way', async () => {
    const credential = { tls: { cert: certified('okienko').certificate, key: certified('okienko').privateKey } };
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      const url = `https://${host}:${port}/in`;
      expect(await client().askForToken(url, {}, '')).toMatchObject({ errorCode: 'SINK_NOT_PUBLIC' });
      expect(await client().post(url, {}, '{}', credential)).toEqual({ errorCode: 'SINK_NOT_PUBLIC' });
    }
    expect(hits).toBe(0);
  });

  it('reads of a token endpoint no more than the beginning, and follows no redirect', async () => {
    const asker = client(`127.0.0.1:${port}`);
    const { status, body = '' } = await asker.askForToken(`http://127.0.0.1:${port}/endless`, {}, '');
    expect([status, body.length < 512 * 1024]).toEqual([200, true]);
    expect(await asker.askForToken(`http://127.0.0.1:${port}/elsewhere`, {}, '')).toMatchObject({ status: 302 });
    expect(hits).toBe(2);
  });

  it('connects where the operator has allowed it, and passes on what the sink asks for', async () => {
    const answer = await client(`127.0.0.1:${port}`).post(`http://127.0.0.1:${port}/in`, {}, '{}');
    expect(answer).toMatchObject({ status: 429, retryAfter: '7' });
  });

  it('follows no redirect', async () => {
    const answer = await client(`127.0.0.1:${port}`).post(`http://127.0.0.1:${port}/elsewhere`, {}, '{}');
    expect(answer).toMatchObject({ status: 302 });
    expect(hits).toBe(1);
  });

  it('does not read an endless answer to its end', async () => {
    const answer = await client(`127.0.0.1:${port}`).post(`http://127.0.0.1:${port}/endless`, {}, '{}');
    expect(answer).toMatchObject({ status: 200 });
  });

  it('says what went wrong when nobody listens', async () => {
    const answer = await client('127.0.0.1:1').post('http://127.0.0.1:1/in', {}, '{}');
    expect(answer).toEqual({ errorCode: 'ECONNREFUSED' });
  });
});

describe('a look-up for a connection', () => {
  it.each([true, false])('gives out no address of the own machine (all: %s)', async (all) => {
    const error = await new Promise((resolve) => publicLookup('localhost', { all }, resolve));
    expect(error).toMatchObject({ code: 'SINK_NOT_PUBLIC' });
  });
});
