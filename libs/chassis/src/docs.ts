import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { addEventDocs } from './event-docs';

const assets = { 'swagger-ui-bundle.js': 'text/javascript', 'swagger-ui.css': 'text/css' } as const;

const page = (name: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${name} – Okienko API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><nav><a href="/docs/events">Events</a></nav><main id="ui"></main><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true, tryItOutEnabled: true });`;

/** The service's OpenAPI document, generated at build time beside its code, a page that renders it, and the events. */
export function addDocs(server: FastifyInstance, name: string): void {
  addEventDocs(server);
  server.get('/openapi.json', (_, reply) => reply.type('application/json').send(documentOf(name)));
  server.get('/docs', (_, reply) => reply.type('text/html; charset=utf-8').send(page(name)));
  server.get('/docs/start.js', (_, reply) => reply.type('text/javascript').send(start));
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  for (const [file, type] of Object.entries(assets)) {
    server.get(`/docs/${file}`, (_, reply) =>
      reply
        .type(type)
        .header('Cache-Control', 'max-age=86400')
        .send(readFileSync(join(folder, file))),
    );
  }
}

/** Read when somebody asks, which is seldom: it is up to two megabytes. */
function documentOf(name: string): Buffer | string {
  const file = join(dirname(require.resolve(`@okienko/${name}/package.json`)), 'openapi.json');
  return existsSync(file) ? readFileSync(file) : '{}';
}
