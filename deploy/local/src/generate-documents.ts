import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApi } from '@okienko/contracts/asyncapi';
import { publish, type Published } from '@okienko/contracts/compatibility';
import { services } from '@okienko/contracts/event';
import { events } from '@okienko/contracts/events';
import { version } from '@okienko/chassis/version';
import { dependenciesDocument } from './generate-dependencies';
import { deployOrder } from './generate-deploy-order';
import { openApiDocuments } from './generate-openapi';
import { isolationDocuments } from './generate-isolation';
import { monitoringDocuments } from './generate-monitoring';
import { whoMayTable } from './generate-who-may';
import { sizingDocument } from './sizing/page';
import { checkout } from './paths';

export interface GeneratedDocument {
  /** Below the checkout. */
  readonly path: string;
  readonly text: string;
}

const document = (path: string, content: object): GeneratedDocument => ({
  path,
  text: `${JSON.stringify(content, null, 2)}\n`,
});

function published(path: string): Published {
  const file = join(checkout, path);
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Published) : {};
  return publish(before, events);
}

/** Everything that is checked in and follows from the code. */
export function generatedDocuments(): GeneratedDocument[] {
  const openApi = openApiDocuments(services);
  return [
    document('libs/contracts/asyncapi.json', asyncApi()),
    document('libs/contracts/published.json', published('libs/contracts/published.json')),
    ...isolationDocuments(),
    ...monitoringDocuments(),
    ...services.map((service) => document(`services/${service}/openapi.json`, openApi[service])),
    { path: 'docs/security/dependencies.md', text: dependenciesDocument() },
    { path: 'docs/deploy-order.md', text: deployOrder(version) },
    { path: 'docs/sizing.md', text: sizingDocument() },
    { path: 'docs/security/who-may.md', text: whoMayTable(openApi) },
  ];
}
