import fc from 'fast-check';
import { ServiceOffer } from '../service-offers/service-offer';
import { exampleOffer } from '../service-offers/service-offer-example';
import { readService } from './feed-record';
import { anyFeedOffer } from './any-feed-offer';
import { hsdsService } from './hsds-service';
import { offerFaults } from './offer-faults.dto';

const today = '2026-03-10';
const id = '0197a000-0000-7000-8000-000000000002';
const centre = 'Elbląskie Centrum Usług Społecznych';
const throughJson = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const read = (service: object, defaults = {}) => readService(throughJson(service), today, defaults);

/** Without lists and parts of nothing: whether they are said or not, nothing is said by them. */
const whatIsSaid = (content: object): unknown =>
  JSON.parse(JSON.stringify(content), (key, value: unknown) => {
    if (['facts', 'inferred'].includes(key) || typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([, part]) => part !== undefined);
    if (!Array.isArray(value)) return kept.length > 0 ? Object.fromEntries(kept) : undefined;
    return value.length > 0 ? (value as unknown[]) : undefined;
  });

/** A service as a feed that knows nothing of our profile tells it. */
const foreign = {
  id,
  name: 'Community Counselling',
  description: 'Talks with professionals.',
  status: 'active',
  url: 'https://example.com/counselling',
  email: 'email@example.com',
  minimum_age: 12,
  assured_date: '2025-01-01',
  wait_time: 'two weeks',
  alert: null,
  licenses: '',
  organization: { id, name: 'Example Organization', description: 'A charity.' },
  phones: [{ id, number: '"tel. +44 1234 234567"' }],
  schedules: [
    { id, freq: 'WEEKLY', byday: 'TH,FR', opens_at: '10:00:00Z', closes_at: '18:00' },
    { id, freq: 'MONTHLY', byday: 'MO', opens_at: '10:00', closes_at: '11:00' },
    { id, freq: 'WEEKLY', byday: 'MO', opens_at: '10:00', closes_at: '11:00', until: '2005-01-01' },
    { id, freq: 'WEEKLY', byday: 'MO', opens_at: '10:00', closes_at: '11:00', interval: 2 },
  ],
  languages: [
    { id, code: 'ur', name: 'Urdu' },
    { id, name: 'Slovak' },
  ],
  cost_options: [{ id, option: 'all', currency: 'gbp', amount: 35, amount_description: 'per hour' }],
  required_documents: [{ id, document: 'A letter' }],
  service_at_locations: [
    {
      id,
      location: {
        id,
        location_type: 'physical',
        name: 'Civic Center',
        addresses: [{ address_1: 'ul. Długa 1', city: 'Gdańsk', postal_code: '80-001' }],
      },
    },
  ],
};

describe('a record of a feed', () => {
  it('of our profile says the same when its import is exported, whoever exports it', () => {
    fc.assert(
      fc.property(anyFeedOffer, (offer) => {
        const exported = hsdsService(offer, centre);
        const record = read(exported);
        expect([record.faults, record.leftOut, record.isOpen]).toEqual([[], [], true]);
        expect(offerFaults(record.content)).toEqual([]);
        ServiceOffer.draft(offer.id, record.content, undefined);
        expect(hsdsService({ id: offer.id, content: record.content }, 'Inne centrum')).toEqual(exported);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('of our profile gives back every field, but for what only its own centre can have', () => {
    fc.assert(
      fc.property(anyFeedOffer, (offer) => {
        const { content } = read(hsdsService(offer, centre));
        const { informationOnly, legalTrack, ...said } = content;
        const { informationOnly: owned, legalTrack: track, programmeId: _, serviceCode: __, ...before } = offer.content;
        expect(whatIsSaid(said)).toEqual(whatIsSaid(before));
        expect(legalTrack).toBe(track === 'PUS' ? 'OTHER_ACT' : track);
        if (owned && !owned.centreOffer) expect(informationOnly).toEqual(owned);
        else
          expect(informationOnly).toEqual({
            owner: owned?.owner ?? centre,
            confirmedOn: today,
            centreOffer: owned?.centreOffer ?? {
              legalTrack: track,
              ...(offer.programme ? { programme: offer.programme } : {}),
            },
          });
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('of another profile becomes as much of an offer as it says, and tells what is left out', () => {
    const record = read(foreign, { terc: '2861011', areas: ['kultura'] });
    expect(record.faults).toEqual([]);
    expect(record.leftOut).toEqual(['wait_time', 'schedules', 'languages']);
    expect(offerFaults(record.content)).toEqual([]);
    expect(record.content).toEqual({
      name: { pl: 'Community Counselling' },
      description: { pl: 'Talks with professionals.' },
      areas: ['kultura'],
      legalTrack: 'OTHER_ACT',
      recipientKind: 'RESIDENTS',
      unit: 'VISIT',
      feeRule: 'UNKNOWN',
      terc: '2861011',
      ages: { from: 12 },
      languages: ['ur'],
      openingHours: [{ days: [4, 5], opens: '10:00', closes: '18:00' }],
      contact: {
        phone: '+44 1234 234567',
        email: 'email@example.com',
        url: 'https://example.com/counselling',
        address: 'ul. Długa 1, 80-001 Gdańsk',
      },
      place: { pl: 'Civic Center' },
      details: { requiredDocuments: ['A letter'], feeDetail: 'all 35 gbp per hour' },
      informationOnly: { owner: 'Example Organization', confirmedOn: '2025-01-01' },
    });
  });

  it.each<[string, object, string]>([
    ['no id', { id: null }, '/id'],
    ['an id that is none', { id: '7' }, '/id'],
    ['a state that HSDS does not know', { status: 'toString' }, '/status'],
    ['no name', { name: ' ' }, '/name'],
    ['a number for a name', { name: 7 }, '/name'],
    ['nobody who runs it', { organization: { id } }, '/organization'],
    ['a text for a list', { phones: 'x' }, '/phones'],
    ['a text in a list of parts', { phones: ['x'] }, '/phones/0'],
    [
      'a number deep inside',
      { service_at_locations: [{ location: { name: 7 } }] },
      '/service_at_locations/0/location/name',
    ],
    ['an assurance to come', { assured_date: '2026-03-11' }, '/assured_date'],
    ['an assurance on no day', { assured_date: '2025-02-30' }, '/assured_date'],
    ['no gmina', { service_areas: [{ id, extent: 'GB', extent_type: 'ISO' }] }, '/'],
  ])('with %s is at fault there', (_, changes, pointer) => {
    const defaults = pointer === '/' ? { areas: ['kultura'] } : { terc: '2861011', areas: ['kultura'] };
    const record = read({ ...foreign, ...changes }, defaults);
    expect(record.faults.map((fault) => fault.pointer)).toContain(pointer);
  });

  it('with the same fault over and over tells enough of it', () => {
    const { faults } = read({ ...foreign, phones: Array.from({ length: 100_000 }, () => 1) });
    expect(faults).toHaveLength(100);
  });

  it.each<[string, object, string]>([
    ['a name too long to travel', { name: 'x'.repeat(501) }, '/name'],
    ['a web address that is a script', { url: 'javascript:alert(1)' }, '/url'],
    ['half a year of age', { minimum_age: 0.5 }, '/minimum_age'],
    ['an unreadable text', { description: 'a\u0007' }, '/description'],
    ['a gmina that is none', { service_areas: [{ extent: 'x', extent_type: 'TERC' }] }, '/service_areas'],
  ])('with %s is refused as any offer with it', (_, changes, pointer) => {
    const { faults, content } = read({ ...foreign, ...changes }, { terc: '2861011', areas: ['kultura'] });
    expect(faults).toEqual([]);
    expect(offerFaults(content).map((fault) => fault.pointer)).toContain(pointer);
  });

  it('with a value of the profile that is of no use is refused as any offer with it', () => {
    const exported = hsdsService(
      { id, content: exampleOffer({ details: { isPackage: true, budget: { totalGrosze: 5 } } }) },
      centre,
    );
    const spoiled = {
      ...exported,
      attributes: exported.attributes.map((one) => ({ ...one, ...(one.value ? { value: 'może' } : {}) })),
    };
    const { content } = read(spoiled);
    expect(offerFaults(content).map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['/attributes']));
    expect(offerFaults(content).length).toBeGreaterThanOrEqual(2);
  });
});

describe('what an offer tells in HSDS', () => {
  it('is amounts in zloty, places with the voivodeship, and hours by the day', () => {
    const service = hsdsService(
      {
        id,
        content: exampleOffer({
          feeRule: 'FREE',
          place: { pl: 'Klub Seniora' },
          contact: { address: 'ul. Związku Jaszczurczego 17, 82-300 Elbląg', phone: '+48 55 625 61 00' },
          accessibility: ['LIFT'],
          languages: ['pjm'],
          openingHours: [{ days: [1, 7], opens: '07:30', closes: '15:30' }],
        }),
      },
      centre,
    );
    expect(service).toMatchObject({
      status: 'active',
      organization: { name: centre },
      cost_options: [{ option: 'nieodpłatnie', currency: 'PLN', amount: 0 }],
      schedules: [{ freq: 'WEEKLY', byday: 'MO,SU', opens_at: '07:30', closes_at: '15:30' }],
      service_areas: [{ name: 'Elbląg', extent: '2861011', extent_type: 'TERC' }],
      languages: [{ code: 'pjm', name: 'polski język migowy' }],
      phones: [{ number: '+48 55 625 61 00' }],
      service_at_locations: [
        {
          location: {
            name: 'Klub Seniora',
            addresses: [
              {
                address_1: 'ul. Związku Jaszczurczego 17',
                city: 'Elbląg',
                postal_code: '82-300',
                state_province: 'warmińsko-mazurskie',
                country: 'PL',
              },
            ],
            accessibility: [{ description: 'winda' }],
          },
        },
      ],
    });
    expect(service).not.toHaveProperty('assured_date');
  });

  it('names one location for all that is offered there', () => {
    const at = (other: string) =>
      hsdsService({ id: other, content: exampleOffer({ place: { pl: 'Klub' } }) }, centre).service_at_locations?.[0];
    const [one, two] = [at(id), at('0197a000-0000-7000-8000-000000000003')];
    expect(one?.location).toEqual(two?.location);
    expect(one?.id).not.toBe(two?.id);
  });
});
