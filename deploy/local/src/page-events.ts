import { type EventContract, isSealed, serviceOf, services } from '@okienko/contracts/event';
import { events } from '@okienko/contracts/events';

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

/** Every event to read: what it says, its data, an example. From the contracts, as the AsyncAPI document is. */
export function renderedEvents(): string {
  return page(
    services.map((service) => {
      const own = events.filter(({ $id }) => serviceOf($id) === service);
      return `<section aria-labelledby="${service}"><h2 id="${service}">${service}</h2>${own.map(article).join('')}</section>`;
    }),
  );
}

const page = (sections: readonly string[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Events of Okienko</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/base.css">
<link rel="stylesheet" href="/assets/frame.css">
<link rel="stylesheet" href="/assets/parts.css">
<link rel="stylesheet" href="/assets/entries.css">
</head>
<body>
<a class="skip" href="#main">Skip to the events</a>
<header class="masthead"><div>
<h1>Events</h1>
<p>${events.length} facts that the services tell each other and, where a grant allows it, a partner. Each travels as a
CloudEvent 1.0; the tables show its <code>data</code>. For programs: <a href="/asyncapi.json">asyncapi.json</a> (AsyncAPI 3).</p>
</div></header>
<nav aria-label="Services"><ul>
<li><a href="/">Okienko</a></li>
${services.map((service) => `<li><a href="#${service}">${service}</a></li>`).join('')}
</ul></nav>
<main id="main" tabindex="-1">
${sections.join('\n')}
</main>
</body>
</html>
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
