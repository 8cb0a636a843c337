import { join } from 'node:path';
import type { Service } from '@okienko/contracts/event';
import { Operations } from './generate-operations';
import { Schemas } from './generate-schemas';
import { chassis, Sources } from './generate-sources';
import { version } from '@okienko/chassis/version';

const purpose: Record<Service, string> = {
  catalogue: 'Programmes of social services and the public directory of service offers.',
  cases: 'Applications, recognitions of needs, decisions, individual plans and their allocations.',
  providers: 'Providers, their capacity, service orders and deliveries.',
  notifications: 'Messages to residents, tasks for staff, and events to partner systems.',
};

const problem = (description: string, headers?: object): object => ({
  description,
  ...(headers ? { headers } : {}),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } },
});

const refusals = {
  '400': problem('The request cannot be read, or fields are not as they must be: `errors` names each.'),
  '401': problem('No access token, or one that is not good here.', {
    'WWW-Authenticate': { schema: { type: 'string' } },
  }),
  '403': problem('The caller may not do this.'),
  '404': problem('There is no such thing, or the caller may not see it.'),
  '409': problem('It is in another state, a limit is reached, or the first request with this key is still running.'),
  '412': problem('It has another version than If-Match says: read it again.'),
  '413': problem('The body is larger than 1 MiB.'),
  '415': problem('The body is not application/json.'),
  '422': problem(
    'A rule of the Act or of the programme is broken (`basis` says which), or the key was used for another request.',
  ),
  '428': problem('If-Match is missing.'),
  '429': problem('Too many requests.', { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } }),
};

/** The OpenAPI 3.1 documents of the services, from their controllers, validators and comments: nothing is written twice. */
export function openApiDocuments(services: readonly Service[]): Record<Service, object> {
  const sources = new Sources(services);
  return Object.fromEntries(services.map((service) => [service, openApi(service, sources)])) as Record<Service, object>;
}

function openApi(service: Service, sources: Sources): object {
  const schemas = new Schemas(sources);
  const operations = new Operations(sources, schemas);
  for (const controller of [...sources.controllers(service), ...sources.controllers('chassis')])
    operations.add(controller);
  schemas.of(sources.type(join(chassis, 'problem.ts'), 'ProblemDetails'));
  return {
    openapi: '3.1.1',
    info: {
      title: `Okienko ${service}`,
      version,
      summary: purpose[service],
      license: { name: 'European Union Public Licence 1.2', identifier: 'EUPL-1.2' },
      'x-api-id': `pl.okienko.${service}`,
    },
    servers: [{ url: '/' }],
    paths: sorted(operations.paths),
    components: {
      schemas: sorted(schemas.components),
      responses: refusals,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'OIDC access token (RFC 9068).' },
      },
    },
  };
}

const sorted = <T extends object>(record: T): object =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
