import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { areaSlugs } from '../areas/areas';
import { legalTracks, offerFeeRules } from '../service-offers/service-offer-content';
import { DraftServiceOffer } from '../service-offers/service-offers.dto';
import { exampleOffer } from '../service-offers/service-offer-example';
import { type Field, give, isSame, namesOf, officeFields, serviceFields, take } from './catalogue-fields';
import { officeModes } from '../offices/office';
import { OfficeRecord } from './office-record.dto';
import { ServiceRecord } from './service-record.dto';

type Said = { fact: string[]; inferred: string[] } & Record<string, unknown>;

const line = fc.stringMatching(/^[A-Za-zążźćęłóśń][A-Za-ząęł0-9 :/–„”.-]{0,40}$/);
const lines = fc.array(line, { maxLength: 4 });
const code = fc.stringMatching(/^[A-Z][A-Z_]{0,10}$/);
const flag = fc.boolean();
const pln = fc.nat(1_000_000_000).map((value) => value / 100);
const percent = fc.nat(10_000).map((value) => value / 100);
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const areas = fc.uniqueArray(fc.constantFrom(...areaSlugs), { minLength: 1, maxLength: 14 });

/** What is there, with a word on some of it whether it is a fact or inferred. */
const said = (
  required: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Said> =>
  fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) }).chain((record) =>
    fc.tuple(fc.shuffledSubarray(Object.keys(record)), fc.nat()).map(([names, cut]) => ({
      ...record,
      fact: names.slice(0, cut % (names.length + 1)),
      inferred: names.slice(cut % (names.length + 1)),
    })),
  );

const part = (required: Record<string, fc.Arbitrary<unknown>>, optional: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) });

const texts = [
  'providerType',
  'providerName',
  'programme',
  'edition',
  'status',
  'timeline',
  'fundingSource',
  'feeBasis',
  'feeDetail',
];
const more = ['usageLimit', 'maxDuration', 'packageRule', 'detail', 'caveat', 'targetGroup', 'place'];
const lists = ['scope', 'components', 'variants', 'constraints', 'requiredDocuments'];
const all = <T>(names: readonly string[], value: T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, value]));

const serviceRecords = said(
  {
    namePl: line,
    areas,
    legalTrack: fc.constantFrom(...legalTracks),
    feeRule: fc.constantFrom(...offerFeeRules),
    sourceUrl: fc.constantFrom('https://cus.example.pl/', 'http://www.example.pl/a?b=ć'),
  },
  {
    ...all([...texts, ...more], line),
    ...all(lists, lines),
    ...all(['applicationChannels', 'endReasons'], fc.array(code, { maxLength: 3 })),
    ...all(['isPackage', 'thirdPartyReport', 'voluntary'], flag),
    budget: part({ totalPln: pln }, { stateGrantPln: pln }),
  },
).chain((record) =>
  fc
    .option(percent, { nil: undefined })
    .map((share) => (record['budget'] && share !== undefined ? { ...record, budgetStateSharePct: share } : record)),
);

const officeRecords = said(
  { namePl: line, mode: fc.constantFrom(...officeModes), source: lines, catalogueStatus: line },
  {
    terc: fc.constantFrom('2861011', '2607011'),
    ...all(['predecessor', 'address', 'resolution', 'extra'], line),
    ...all(['procedure', 'applicationFields'], lines),
    ...all(['startDate', 'startPlanned'], day),
    statuteAreas: areas,
    population: fc.nat(50_000_000),
    project: part(
      { name: line, fund: line },
      { totalPln: pln, cofinancingPln: pln, cofinancingPct: percent, endDate: day, structure: line, precision: line },
    ),
    programme: part({ name: line }, { period: line, consultations: line, councilSession: line, services: fc.nat(100) }),
  },
);

const kinds: [string, fc.Arbitrary<Said>, readonly Field[], new () => object, string[]][] = [
  ['a service', serviceRecords, serviceFields, ServiceRecord, ['id', 'officeId']],
  ['an office', officeRecords, officeFields, OfficeRecord, ['id']],
];

describe.each(kinds)('the record of %s', (_, records, fields, dto, own) => {
  it('comes out as it went in, whatever was there before', () => {
    fc.assert(
      fc.property(records, records, (first, second) => {
        const content = take<object>(first, fields, {});
        expect(give(content, fields)).toEqual(first);
        expect(give(take(second, fields, content), fields)).toEqual(second);
        expect(isSame(take(second, fields, content), take(second, fields, {}))).toBe(true);
      }),
    );
  });

  it('has a place for each field that may be sent', () => {
    fc.assert(
      fc.property(records, (record) => {
        const sent = plainToInstance(dto, { ...all(own, 'a-b'), ...record });
        expect(validateSync(sent, { whitelist: true, forbidNonWhitelisted: true })).toEqual([]);
      }),
    );
    const sendable = Object.keys(new dto()).filter((name) => ![...own, 'fact', 'inferred'].includes(name));
    expect(sendable.sort()).toEqual(namesOf(fields).sort());
  });
});

describe('the content of a service', () => {
  it('keeps what no catalogue speaks of', () => {
    fc.assert(
      fc.property(serviceRecords, (record) => {
        const before = {
          ...exampleOffer({ name: { pl: 'Opieka', uk: 'Догляд' }, ages: { from: 60 }, languages: ['pl'] }),
          source: { url: 'https://example.pl', facts: ['ages'], inferred: ['unit', 'description'] },
        };
        const content = take<typeof before>(record, serviceFields, before);
        const { name, description, ages, languages, unit, source } = content;
        expect([name.uk, description, ages, languages, unit]).toEqual([
          'Догляд',
          before.description,
          { from: 60 },
          ['pl'],
          'HOUR',
        ]);
        expect([source.facts.at(-1), source.inferred.slice(-2)]).toEqual(['ages', ['unit', 'description']]);
      }),
    );
  });

  it('is one that staff may send back as a revision', () => {
    fc.assert(
      fc.property(serviceRecords, (record) => {
        const content = take<object>(record, serviceFields, exampleOffer());
        const sent = plainToInstance(DraftServiceOffer, content);
        expect(validateSync(sent, { whitelist: true, forbidNonWhitelisted: true })).toEqual([]);
      }),
    );
  });
});

describe('docs/catalogues.md', () => {
  const text = readFileSync(join(__dirname, '../../docs/catalogues.md'), 'utf8');
  const rowsUnder = (heading: string): string[] =>
    (text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '').split('\n').filter((row) => row.startsWith('| `'));
  const cells = (row: string): string[] =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());

  it.each([
    ['Services', serviceFields],
    ['Offices', officeFields],
  ])('%s: tells of every field what it became', (heading, fields) => {
    const table = fields.map(({ field, path, form }) => [`\`${field}\``, `\`${path}\``, form.told]);
    expect(
      rowsUnder(heading)
        .map(cells)
        .filter(([field]) => !/^`(id|officeId|fact|inferred)`$/.test(field ?? '')),
    ).toEqual(table);
  });

  it('has a row for every field of the real file', () => {
    const real = join(__dirname, '../../../../../shared/domain/catalogues.json');
    if (!existsSync(real))
      return console.info(
        'The catalogues of real offices are not beside the checkout, so their fields are not looked up here.',
      );
    const file = JSON.parse(readFileSync(real, 'utf8')) as Record<'offices' | 'services', object[]>;
    for (const [heading, records] of [
      ['Services', file.services],
      ['Offices', file.offices],
    ] as const) {
      const told = rowsUnder(heading).map((row) => cells(row)[0]?.replaceAll('`', '').split('.')[0]);
      for (const name of new Set(records.flatMap((record) => Object.keys(record)))) expect(told).toContain(name);
    }
  });
});
