import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type EventContract, nameOf, serviceOf, services, subjectOf, typeOf } from './event';
import { events } from './events';
import { assertReadable, assertSendable, EventInvalid } from './validation';

const contracts: readonly EventContract[] = events;
const named: [string, EventContract][] = contracts.map((contract) => [contract.$id, contract]);

type Schema = Readonly<Record<string, unknown>>;

/** Every value that an event can carry, with the place where it stands. */
function leaves(schema: Schema, at: string): [string, Schema][] {
  if (schema['type'] === 'object')
    return Object.entries(schema['properties'] as Record<string, Schema>).flatMap(([name, part]) =>
      leaves(part, `${at}/${name}`),
    );
  if (schema['type'] === 'array') return leaves(schema['items'] as Schema, `${at}/[]`);
  return [[at, schema]];
}

function objects(schema: Schema): Schema[] {
  if (schema['type'] === 'array') return objects(schema['items'] as Schema);
  return schema['type'] === 'object'
    ? [schema, ...Object.values(schema['properties'] as Record<string, Schema>).flatMap(objects)]
    : [];
}

const everyLeaf = contracts.flatMap((contract) =>
  leaves(contract as unknown as Schema, contract.$id).map(([at, schema]): [string, EventContract, Schema] => [
    at,
    contract,
    schema,
  ]),
);
const dataClasses = ['reference', 'date', 'code', 'count', 'public-text', 'sealed'];

describe('names', () => {
  test('are unique', () => expect(new Set(named.map(([name]) => name)).size).toBe(named.length));

  test.each(named)('%s is the name of its file', (name) => {
    const [service, aggregate, fact, version] = name.split('.');
    expect(existsSync(join(__dirname, service ?? '', `${aggregate}-${fact}.${version}.ts`))).toBe(true);
  });

  test('are all listed: a contract that events.ts leaves out is nobody’s event', () => {
    const files = services.flatMap((service) =>
      readdirSync(join(__dirname, service)).filter((file) => /\.v\d+\.ts$/.test(file)),
    );
    expect(files).toHaveLength(contracts.length);
  });

  test('survive the way to the wire and back', () => {
    for (const [name, contract] of named) {
      expect([nameOf(typeOf(name)), services.includes(serviceOf(name)), subjectOf(contract).endsWith(name)]).toEqual([
        name,
        true,
        true,
      ]);
      expect(name).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v[1-9]\d*$/);
    }
    expect(nameOf('com.example.else')).toBeUndefined();
  });
});

describe('nothing personal enters an event by oversight', () => {
  test.each(everyLeaf)('%s says its data class', (_, __, schema) =>
    expect(dataClasses).toContain(schema['x-data-class']),
  );

  test.each(everyLeaf.filter(([, , schema]) => schema['type'] === 'string'))(
    '%s is no free text',
    (_, contract, schema) => {
      const bounded = ['pattern', 'format', 'enum'].some((key) => schema[key] !== undefined);
      const publishedByLaw = schema['x-data-class'] === 'public-text' && serviceOf(contract.$id) === 'catalogue';
      expect(bounded || publishedByLaw).toBe(true);
    },
  );

  test('what is sealed travels in a sealed event, for nobody but its reader, and alone', () => {
    for (const [at, contract, schema] of everyLeaf) {
      expect([at, schema['x-data-class'] === 'sealed']).toEqual([at, contract['x-sealed'] === true]);
      if (contract['x-sealed']) expect(contract['x-audience']).toBe('internal');
    }
  });

  test('every object is closed and every list has an end', () => {
    for (const [name, contract] of named) {
      expect([
        name,
        objects(contract as unknown as Schema).every((part) => part['additionalProperties'] === false),
      ]).toEqual([name, true]);
      expect(JSON.stringify(contract).match(/"type":"array"/g)?.length ?? 0).toBe(
        JSON.stringify(contract).match(/"maxItems"/g)?.length ?? 0,
      );
    }
  });
});

describe('examples and validation', () => {
  test.each(named)('%s: the example may be sent and read', (_, contract) => {
    expect(contract.examples.length).toBeGreaterThan(0);
    for (const example of contract.examples) {
      assertSendable(contract, example);
      assertReadable(contract, example);
    }
  });

  test.each(named)('%s: what is added later is refused at the sender and borne by the reader', (_, contract) => {
    const example = contract.examples[0] ?? {};
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((key) => key !== '__proto__' && !(key in contract.properties)),
        fc.jsonValue(),
        (key, value) => {
          const extended = { ...example, [key]: value };
          expect(() => assertSendable(contract, extended)).toThrow(EventInvalid);
          expect(() => assertReadable(contract, extended)).not.toThrow();
        },
      ),
      { numRuns: 20 },
    );
  });

  test.each(named)('%s: what is missing is refused on both sides', (_, contract) => {
    for (const key of contract.required) {
      const { [key]: __, ...rest } = (contract.examples[0] ?? {}) as Record<string, unknown>;
      expect(() => assertSendable(contract, rest)).toThrow(EventInvalid);
      expect(() => assertReadable(contract, rest)).toThrow(EventInvalid);
    }
  });

  test('a fault is told by its place, never by its value', () => {
    const contract = contracts.find(({ $id }) => $id === 'cases.application.submitted.v1') as EventContract;
    const secret = 'Jan Kowalski';
    const faults = (): void => assertSendable(contract, { ...contract.examples[0], channel: secret, personId: secret });
    expect(faults).toThrow(/\/channel .*\/personId |\/personId .*\/channel /s);
    expect(faults).not.toThrow(new RegExp(secret));
  });
});
