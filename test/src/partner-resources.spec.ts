import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { envelope, event, serviceOf, services } from '@okienko/contracts/event';
import { events } from '@okienko/contracts/events';
import { resourceOf } from '@okienko/partner';

type Document = {
  readonly paths: Readonly<Record<string, { readonly get?: { readonly 'x-roles'?: readonly string[] } }>>;
};

const id = '0197a000-0000-7000-8000-0000000000a0';
const readable = new Map(
  services.map((service) => {
    const file = join(__dirname, '..', '..', 'services', service, 'openapi.json');
    const { paths } = JSON.parse(readFileSync(file, 'utf8')) as Document;
    const open = Object.entries(paths).filter(
      ([, { get }]) => get && (get['x-roles'] ?? ['partner']).includes('partner'),
    );
    return [service, open.map(([path]) => path)];
  }),
);

test.each(
  events.filter((contract) => contract['x-audience'] === 'partner').map((contract) => [contract.$id, contract]),
)('%s names the resource that a partner may read, where there is one', (name, contract) => {
  const about = resourceOf(
    envelope(event(contract, id, {} as never), 1, new Date(), { traceparent: '', correlationId: '' }),
  );
  const paths = readable.get(serviceOf(name)) ?? [];
  if (about !== undefined) expect(paths).toContain(about.replace(id, '{id}'));
  else expect(paths.filter((path) => /^\/[a-z-]+\/\{id\}$/.test(path) && path !== '/problems/{code}')).toEqual([]);
});
