import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { cloudEventSchema } from './envelope-schema';
import { applicationSubmittedV1 } from './cases/application-submitted.v1';
import { type Causation, type EventContract, envelope, event } from './event';
import { events } from './events';

const conformance = join(
  __dirname,
  '..',
  '..',
  '..',
  '..',
  'shared',
  'conformance',
  'cloudevents',
  'cloudevents.schema.json',
);
const ajv = addFormats(new Ajv({ strict: false }));
const ours = ajv.compile(cloudEventSchema);
const hex = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((digits) => digits.join(''));
const causes: fc.Arbitrary<Causation> = fc.record(
  {
    traceparent: fc.tuple(hex(32), hex(16)).map(([trace, span]) => `00-${trace}-${span}-01`),
    correlationId: fc.uuid(),
    causationId: fc.uuid(),
  },
  { requiredKeys: ['traceparent', 'correlationId'] },
);
const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const sequences = fc.integer({ min: 1, max: 2_147_483_647 });
const gminas = fc.option(fc.constantFrom('2861011', '2607011'), { nil: undefined });
const onTheWire = fc
  .record({
    contract: fc.constantFrom<EventContract>(...events),
    subject: fc.uuid({ version: 7 }),
    sequence: sequences,
    moment: moments,
    cause: causes,
    gmina: gminas,
  })
  .map(({ contract, subject, sequence, moment, cause, gmina }) =>
    envelope(event<EventContract>(contract, subject, contract.examples[0] ?? {}, gmina), sequence, moment, cause),
  );

describe('the envelope', () => {
  test('is valid against its own schema, whatever the event', () => {
    fc.assert(fc.property(onTheWire, (sent) => expect([ours(sent), ours.errors]).toEqual([true, null])));
  });

  test('text order of sequences is number order', () => {
    fc.assert(
      fc.property(sequences, sequences, moments, causes, (a, b, moment, cause) => {
        const [first, second] = [a, b].map(
          (sequence) =>
            envelope(event<EventContract>(applicationSubmittedV1, 's', {}), sequence, moment, cause).sequence,
        );
        expect(Math.sign((first ?? '').localeCompare(second ?? ''))).toBe(Math.sign(a - b));
        expect(Number(first)).toBe(a);
      }),
    );
  });

  test('says nothing that it was not told', () => {
    fc.assert(
      fc.property(onTheWire, (sent) => {
        expect(Object.values(sent)).not.toContain(undefined);
        expect(JSON.parse(JSON.stringify(sent))).toEqual(sent);
        expect(
          Object.keys(sent)
            .filter((name) => name !== 'data')
            .every((name) => /^[a-z0-9]{1,20}$/.test(name)),
        ).toBe(true);
      }),
    );
  });

  test('every event has an id of its own, ordered by time (UUIDv7)', () => {
    const cause: Causation = { traceparent: '', correlationId: '' };
    const ids = Array.from(
      { length: 2000 },
      () => envelope(event<EventContract>(applicationSubmittedV1, 's', {}), 1, new Date(0), cause).id,
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });
});

if (!existsSync(conformance))
  console.info('The JSON Schema of CloudEvents is not beside the checkout, so events are not checked against it here.');
(existsSync(conformance) ? test : test.skip)(
  'every event on the wire is valid against the JSON Schema of CloudEvents 1.0',
  () => {
    const published = ajv.compile(JSON.parse(readFileSync(conformance, 'utf8')) as object);
    fc.assert(fc.property(onTheWire, (sent) => expect([published(sent), published.errors]).toEqual([true, null])));
    expect(published({ specversion: '1.0', type: 'x' })).toBe(false);
  },
);
