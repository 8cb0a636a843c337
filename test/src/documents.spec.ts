import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { type Service, services } from '@okienko/contracts/event';
import { generatedDocuments } from '@okienko/local/generate-documents';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { modules } from './four-services';
import { Api } from './routes';

const checkout = join(__dirname, '..', '..');

test('what is generated and checked in is what the code says', () => {
  const documents = generatedDocuments();
  const openApi = services.map((service) => `services/${service}/openapi.json`);
  expect(documents.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['libs/contracts/asyncapi.json', ...openApi]),
  );
  const stale = documents.filter(
    ({ path, text }) => !existsSync(join(checkout, path)) || readFileSync(join(checkout, path), 'utf8') !== text,
  );
  if (stale.length > 0)
    throw new Error(`Run \`npm run generate\` and commit what it writes: ${stale.map(({ path }) => path).join(', ')}.`);
}, 120_000);

interface Document {
  readonly openapi: string;
  readonly info: object;
  readonly paths: Record<
    string,
    Record<string, { operationId: string; parameters?: { name: string; in: string }[]; security: object[] }>
  >;
  readonly components: { schemas: Record<string, { properties?: Record<string, { examples?: unknown[] }> }> };
}

/** How many HTTP routes the controllers of a service have. */
function routesOf(service: Service): number {
  const controllers = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, modules[service]) as { prototype: object }[];
  return controllers
    .flatMap((controller) =>
      Object.values(Object.getOwnPropertyDescriptors(controller.prototype)).filter(({ value }) => value !== controller),
    )
    .filter(({ value }) => typeof value === 'function' && Reflect.hasMetadata(PATH_METADATA, value as object)).length;
}

describe.each(services)('the OpenAPI document of %s', (service: Service) => {
  const document = JSON.parse(readFileSync(join(checkout, 'services', service, 'openapi.json'), 'utf8')) as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, ...operation })),
  );

  test('knows every route of the service and of the chassis', () => {
    const ofChassis = operations.filter(({ path }) =>
      /^\/(health|me|metrics|problems|dead-letters|operations\/(state|events\/\{id\}$)|revocations|backchannel-logout)(\/|$)/.test(
        path,
      ),
    ).length;
    expect([ofChassis, operations.length - ofChassis]).toEqual([15, routesOf(service)]);
  });

  test('names each operation once, and each placeholder', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { path, parameters = [] } of operations) {
      const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([path, parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)]).toEqual([
        path,
        placeholders,
      ]);
    }
  });

  test('refers to nothing that is not there, and gives examples that are valid', () => {
    const ajv = addFormats(new Ajv2020({ strict: false }));
    ajv.addSchema(document, 'document');
    for (const [name, { properties = {} }] of Object.entries(document.components.schemas)) {
      expect(() => ajv.compile({ $ref: `document#/components/schemas/${name}` })).not.toThrow();
      for (const [property, { examples = [] }] of Object.entries(properties)) {
        const validate = ajv.compile({ $ref: `document#/components/schemas/${name}/properties/${property}` });
        for (const example of examples)
          expect([name, property, validate(example), validate.errors]).toEqual([name, property, true, null]);
      }
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, pointer]) => pointer ?? '',
    );
    const found = (pointer: string): unknown =>
      pointer
        .split('/')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
    expect(references.filter((pointer) => found(pointer) === undefined)).toEqual([]);
  });

  test('says its version, its licence, and who may call what', () => {
    expect(document).toMatchObject({
      openapi: '3.1.1',
      info: {
        version: expect.any(String) as string,
        license: { identifier: 'EUPL-1.2' },
        'x-api-id': `pl.okienko.${service}`,
      },
    });
    for (const { method, path, roles } of new Api(service).routes)
      expect([method, path, roles?.length]).not.toEqual([method, path, 0]);
  });
});
