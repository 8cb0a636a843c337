import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApi, exampleOf } from './asyncapi';
import { events } from './events';
import { topology } from './streams';

interface Document {
  readonly channels: Record<string, { address: string; 'x-jetstream': { stream: string } }>;
  readonly operations: Record<string, { action: string; 'x-service': string; channel: { $ref: string } }>;
  readonly components: {
    messages: Record<string, { examples: { payload: unknown }[] }>;
    schemas: Record<string, unknown>;
  };
}
const document = asyncApi() as Document;

describe('the AsyncAPI document', () => {
  test('is checked in as the contracts make it', () => {
    const checkedIn = readFileSync(join(__dirname, '..', 'asyncapi.json'), 'utf8');
    if (checkedIn !== `${JSON.stringify(document, null, 2)}\n`)
      throw new Error(
        'libs/contracts/asyncapi.json is not what the contracts say: run `npm run generate` and commit the file.',
      );
  });

  test('has one channel, one message and one sender for every event, and a receiver for each service that reads its stream', () => {
    const names = events.map(({ $id }) => $id);
    expect(Object.keys(document.channels)).toEqual(names);
    expect(Object.keys(document.components.messages)).toEqual(names);
    const { consumers } = topology('okienko');
    for (const name of names) {
      const stream = document.channels[name]?.['x-jetstream'].stream;
      const operations = Object.values(document.operations).filter(
        ({ channel }) => channel.$ref === `#/channels/${name}`,
      );
      const by = (action: string) =>
        operations.filter((operation) => operation.action === action).map((operation) => operation['x-service']);
      expect([by('send'), by('receive')]).toEqual([
        [name.split('.')[0]],
        consumers.filter((consumer) => consumer.stream === stream).map(({ service }) => service),
      ]);
    }
  });

  test('sends the sealed event past the stream of its service', () => {
    expect(document.channels['cases.person-contact.changed.v1']).toMatchObject({
      address: 'okienko.sealed.cases.person-contact.changed.v1',
      'x-jetstream': { stream: 'OKIENKO_SEALED', maxAge: 'P3D' },
    });
  });

  test('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, pointer]) => pointer ?? '',
    );
    expect(references.length).toBeGreaterThan(events.length);
    const resolve = (pointer: string): unknown =>
      pointer
        .split('/')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
    expect(references.filter((pointer) => resolve(pointer) === undefined)).toEqual([]);
  });

  test('shows the same example every time', () => {
    for (const contract of events) expect(exampleOf(contract)).toEqual(exampleOf(contract));
  });
});
