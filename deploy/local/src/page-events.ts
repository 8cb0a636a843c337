import { eventSection } from '@okienko/chassis/event-docs';
import { services } from '@okienko/contracts/event';
import { events } from '@okienko/contracts/events';

/** Every event to read, in the frame of this page. */
export function renderedEvents(): string {
  return page(services.map((service) => eventSection(service, events)));
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
