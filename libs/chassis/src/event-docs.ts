import { type EventContract, isSealed, type Service, serviceOf, services } from '@okienko/contracts/event';
import type { FastifyInstance } from 'fastify';

/** What of JSON Schema the contracts use. */
interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly 'x-data-class'?: string;
}

/** The events of a service to read: what each says, its data, an example. From the contracts, as the AsyncAPI document is. */
export function eventSection(service: Service, events: readonly EventContract[]): string {
  const own = events.filter(({ $id }) => serviceOf($id) === service);
  return `<section aria-labelledby="${service}"><h2 id="${service}">${service}</h2>${own.map(article).join('')}</section>`;
}

/** Every event to read at `/docs/events`, and for programs at `/asyncapi.json`. */
export function addEventDocs(server: FastifyInstance): void {
  const html = once(async () => page((await import('@okienko/contracts/events')).events));
  const document = once(async () => JSON.stringify((await import('@okienko/contracts/asyncapi')).asyncApi()));
  server.get('/docs/events', async (_, reply) => reply.type('text/html; charset=utf-8').send(await html()));
  server.get('/docs/events.css', (_, reply) => reply.type('text/css').send(css));
  server.get('/asyncapi.json', async (_, reply) => reply.type('application/json').send(await document()));
}

/** Read and made when it is first asked for: most replicas are never asked, and all contracts take three megabytes. */
function once(make: () => Promise<string>): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => (made ??= make());
}

const page = (events: readonly EventContract[]): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Events of Okienko</title><link rel="stylesheet" href="/docs/events.css"></head>
<body><header><h1>Events</h1>
<p>${events.length} facts that the services tell each other and, where a grant allows it, a partner. Each travels as a
CloudEvent 1.0; the tables show its <code>data</code>. For programs: <a href="/asyncapi.json">asyncapi.json</a> (AsyncAPI 3). The API: <a href="/docs">docs</a>.</p>
<nav aria-label="Services"><ul>${services.map((service) => `<li><a href="#${service}">${service}</a></li>`).join('')}</ul></nav></header>
<main>${services.map((service) => eventSection(service, events)).join('\n')}</main></body></html>`;

const css = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 56rem; margin: 0 auto; padding: 1rem }
nav ul { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none }
article { margin: 1.5rem 0; padding-top: 1rem; border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent) }
h3 { margin: 0 }
table { width: 100%; border-collapse: collapse }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; vertical-align: top }
tbody th { font-weight: 400 }
th:first-child { width: 40% }
code, pre { font-size: 0.875em; overflow-wrap: anywhere }
pre { overflow-x: auto }
.quiet { display: block; font-size: 0.875rem; opacity: 0.75 }
:focus-visible { outline: 3px solid; outline-offset: 2px }
`;

function article(contract: EventContract): string {
  const { $id, title } = contract;
  const audience = isSealed(contract)
    ? 'sealed: only the service it is meant for can open it'
    : contract['x-audience'] === 'partner'
      ? 'a partner may be granted it'
      : 'inside the deployment';
  return `<article id="${$id}" class="contract" data-service="${serviceOf($id)}">
<h3>${escape(title)}</h3>
<p><code>${breakable($id)}</code><br><span class="quiet">${audience}</span></p>
${table(contract as Schema)}
<details><summary>Example</summary><pre tabindex="0" aria-label="Example of ${$id}">${escape(
    JSON.stringify(contract.examples[0], undefined, 2),
  )}</pre></details>
</article>`;
}

function table({ properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties).map(([name, schema]) => {
    const optional = required.includes(name) ? '' : '<span class="quiet">where known</span>';
    return `<tr><th scope="row"><code>${breakable(name)}</code>${optional}</th><td>${describe(schema)}</td></tr>`;
  });
  if (rows.length === 0) return '<p class="quiet">No data: the fact is all it says.</p>';
  const head = '<thead><tr><th scope="col">Property</th><th scope="col">Value</th></tr></thead>';
  return `<table>${head}<tbody>${rows.join('')}</tbody></table>`;
}

function describe(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => `<code>${breakable(value)}</code>`).join(' or ');
  if (schema.items) return `a list; of each ${describe(schema.items)}`;
  if (schema.properties) {
    const parts = Object.entries(schema.properties).map(
      ([name, of]) => `<code>${breakable(name)}</code> (${describe(of)})`,
    );
    return parts.join(', ');
  }
  const kind = schema.format ?? schema.type ?? 'any value';
  return schema['x-data-class'] === 'sealed' ? 'encrypted (JWE)' : escape(kind);
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Long names may break after a dot, a dash or an underscore, and before a capital. */
const breakable = (name: string): string => escape(name).replaceAll(/([._-])|(?<=[a-z])(?=[A-Z])/g, '$1<wbr>');
