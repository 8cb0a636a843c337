import { readFileSync, readdirSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { renderedEvents } from './page-events';
import { PageStream } from './page-stream';
import { checkout } from './paths';
import type { Shown } from './page-shown';

const assets = join(__dirname, '..', 'src', 'page');
const asyncApi = join(checkout, 'libs', 'contracts', 'asyncapi.json');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Of the library that draws charts, what a browser loads. */
const libraries = [
  ['uplot.js', 'uPlot.esm.js'],
  ['uplot.css', 'uPlot.min.css'],
] as const;

/** Everything comes from here, nothing is written into the page by a script's text, and nobody may frame it. */
const securityHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The page of the local deployment, on loopback: it gives out tokens and mail, so only this machine may read it. */
export async function startPage({
  port,
  shown,
}: {
  port: number;
  shown: Shown;
}): Promise<{ url: string; stop(): Promise<void> }> {
  const stream = new PageStream(shown);
  const app = fastify({ forceCloseConnections: true });
  app.addHook('onRequest', refuseStrangers);
  app.addHook('onSend', async (_request, reply) => void reply.headers(securityHeaders));

  for (const name of readdirSync(assets)) {
    const content = readFileSync(join(assets, name));
    const send = (_request: FastifyRequest, reply: FastifyReply) =>
      reply.type(types[extname(name)] ?? '').send(content);
    app.get(name === 'index.html' ? '/' : `/assets/${name}`, send);
  }
  for (const [name, file] of libraries)
    app.get(`/assets/${name}`, (_request, reply) =>
      reply.type(types[extname(name)] ?? '').send(readFileSync(join(dirname(require.resolve('uplot')), file))),
    );
  app.get('/status.json', () => stream.status());
  app.get('/figures.json', async () => stream.drawn());
  app.get('/mailbox.json', async () => shown.mailbox.messages());
  app.get('/partner.json', async () => shown.partner.received());
  app.get('/timeline.json', async () => shown.timeline());
  app.get('/accounts.json', async () => shown.issuer.clients().map(({ secret: _secret, ...account }) => account));
  app.post<{ Params: { clientId: string } }>('/tokens/:clientId', async ({ params: { clientId } }, reply) => {
    const known = shown.issuer.clients().some(({ id }) => id === clientId);
    if (!known) return refuse(reply, 404, `The development issuer has no account ${clientId}.`);
    return { access_token: await shown.issuer.token(clientId) };
  });
  app.get('/asyncapi', (_request, reply) => reply.type(types['.html'] ?? '').send(renderedEvents()));
  app.get('/asyncapi.json', (_request, reply) => {
    try {
      return reply.type('application/json').send(readFileSync(asyncApi));
    } catch {
      return refuse(reply, 404, 'The AsyncAPI document is not there yet: `npm run generate` writes it.');
    }
  });
  app.get('/stream', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream' });
    stream.attach(reply.raw);
  });

  await app.listen({ port, host: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      stream.stop();
      await app.close();
    },
  };
}

const refuse = (reply: FastifyReply, status: number, detail: string) => reply.code(status).send({ status, detail });

/** A site elsewhere may lead its own name to this machine (DNS rebinding), or post a form here from its own pages. */
async function refuseStrangers({ hostname, host, headers: { origin } }: FastifyRequest, reply: FastifyReply) {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (!local) return refuse(reply, 421, 'Ask for this page at http://localhost.');
  const foreign = origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host);
  if (foreign) return refuse(reply, 403, 'Only this page itself may ask for that.');
  return undefined;
}
