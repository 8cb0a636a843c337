import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Changed } from '@okienko/chassis/http';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { catalogueService } from '../service';
import { exampleOffer } from '../service-offers/service-offer-example';
import type { ServiceOfferContent } from '../service-offers/service-offer-content';
import { anyFeedOffer } from './any-feed-offer';
import type { HsdsProfile } from './hsds.dto';
import type { HsdsOrganization, HsdsPage, HsdsService, HsdsServiceAtLocationDetails, HsdsTaxonomyTerm } from './hsds';
import { hsdsService } from './hsds-service';
import { publishSeed } from './published-seed';

const as = { sub: 'director-maria', roles: ['director'] } as const;
const conformance = join(__dirname, '../../../../../shared/conformance');
const hsds = join(conformance, 'hsds-3.0/schema');
const oruk = join(conformance, 'oruk');
const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T;
const terc = '3261011';

/** Everything that an offer can say, as another body's. */
const full: ServiceOfferContent = {
  ...exampleOffer({ terc, legalTrack: 'OTHER_ACT', feeRule: 'FREE' }),
  name: { pl: 'Kawiarenka', uk: 'Кав’ярня', 'pl-x-etr': 'Kawa', en: 'Café' },
  targetGroup: { pl: 'Osoby starsze' },
  targetGroups: ['SENIORS'],
  ages: { from: 60, to: 100 },
  languages: ['pl', 'pjm', 'zz'],
  accessibility: ['STEP_FREE', 'LIFT'],
  openingHours: [{ days: [1, 2], opens: '07:30', closes: '15:30' }],
  contact: {
    phone: '+48 55 625 61 00',
    email: 'mok@example.pl',
    url: 'https://mok.example.pl/kawiarenka',
    address: 'ul. Zwycięstwa 1, 75-001 Koszalin',
  },
  informationOnly: { owner: 'Miejski Ośrodek Kultury', confirmedOn: '2026-02-09' },
  place: { pl: 'Klub Seniora' },
  details: {
    fundingSource: 'budżet gminy',
    budget: { totalGrosze: 100, stateSharePercent: 84.28 },
    requiredDocuments: ['dowód osobisty'],
    applicationChannels: ['IN_PERSON'],
    isPackage: false,
  },
  source: { url: 'https://mok.example.pl', facts: ['name'], inferred: [] },
};

describe('the HSDS feed', () => {
  let service: ServiceUnderTest;
  let seeded = 0;
  let ofAnother: string;
  beforeAll(async () => {
    service = await startForTest(catalogueService, {}, { now: () => new Date('2026-03-10T12:00:00Z') });
    seeded = await publishSeed(post);
    ofAnother = await publish(full);
    await post('/service-offers', exampleOffer());
  }, 60_000);
  afterAll(() => service.stop());

  const post = async (path: string, body: object, version?: number): Promise<Changed> => {
    const answer = await service.http<Changed>('POST', path, {
      as,
      body,
      ...(version === undefined ? {} : { ifMatch: version }),
    });
    expect([answer.body, answer.status]).toEqual([answer.body, version === undefined ? 201 : 200]);
    return answer.body;
  };
  const publish = async (content: ServiceOfferContent): Promise<string> => {
    const { id } = await post('/service-offers', content);
    await post(`/service-offers/${id}/publication`, {}, 1);
    return id;
  };
  const get = async <T>(path: string): Promise<T> => {
    const { status, body } = await service.http<T>('GET', `/hsds${path}`);
    expect([path, status]).toEqual([path, 200]);
    return body;
  };
  const page = <T>(path: string): Promise<HsdsPage<T>> => get<HsdsPage<T>>(path);
  const ids = ({ contents }: HsdsPage<{ id: string }>): string[] => contents.map(({ id }) => id);

  it('tells every published offer once, over pages that say where they stand, and no draft', async () => {
    const seen: string[] = [];
    for (let number = 1; ; number += 1) {
      const { contents, ...about } = await page<HsdsService>(`/services?per_page=10&page=${number}`);
      expect(about).toEqual({
        total_items: seeded + 1,
        total_pages: 3,
        page_number: number,
        size: number < 3 ? 10 : seeded + 1 - 20,
        first_page: number === 1,
        last_page: number === 3,
        empty: false,
      });
      seen.push(...contents.map(({ id }) => id));
      if (about.last_page) break;
    }
    expect(new Set(seen).size).toBe(seeded + 1);
    expect(await page('/services?per_page=10&page=4')).toMatchObject({ empty: true, last_page: true, total_pages: 3 });
  });

  it('tells a service of another body in full, and under which programme the centre grants its own', async () => {
    const told = await get<HsdsService>(`/services/${ofAnother}`);
    expect(told).toMatchObject({
      id: ofAnother,
      name: 'Kawiarenka',
      status: 'active',
      organization: { name: 'Miejski Ośrodek Kultury' },
      assured_date: '2026-02-09',
      minimum_age: 60,
      cost_options: [{ currency: 'PLN', amount: 0 }],
      service_at_locations: [{ location: { name: 'Klub Seniora', addresses: [{ city: 'Koszalin' }] } }],
    });
    const own = (await page<HsdsService>('/services?full=true&search=teleopieka')).contents[0];
    expect(own).toMatchObject({
      name: 'Teleopieka',
      organization: { name: 'Centrum usług społecznych' },
      program: { name: 'Elbląski Program Usług Społecznych na lata 2021–2026' },
    });
    expect(own?.required_documents?.map(({ document }) => document)).toContain('Zaświadczenie lekarskie');
  });

  it('is narrowed by what is searched, by terms of the profile and by who runs the service', async () => {
    const terms = (await page<HsdsTaxonomyTerm & { taxonomy_detail: { id: string } }>('/taxonomy_terms?per_page=100'))
      .contents;
    const term = (code: string) => terms.find((one) => one.code === code);
    const organizations = (await page<HsdsOrganization>('/organizations')).contents;
    expect(organizations.map(({ name }) => name)).toEqual(['Centrum usług społecznych', 'Miejski Ośrodek Kultury']);
    const found = async (query: string): Promise<string[]> => ids(await page<HsdsService>(`/services?${query}`));
    expect(await found('search=kawiarenki')).toEqual([ofAnother]);
    expect(await found(`taxonomy_term_id=${term('SENIORS')?.id}`)).toEqual([ofAnother]);
    expect(await found(`taxonomy_id=${term('SENIORS')?.taxonomy_detail.id.toUpperCase()}`)).toEqual([ofAnother]);
    expect(await found(`taxonomy_term_id=${term('name.uk')?.id}`)).toEqual([ofAnother]);
    expect(await found(`organization_id=${organizations[1]?.id}`)).toEqual([ofAnother]);
    expect(await found(`organization_id=${organizations[0]?.id}`)).toHaveLength(seeded);
    const taken = await found(`taxonomy_term_id=${term('PUS')?.id}`);
    expect([taken.length > 0, taken.includes(ofAnother)]).toEqual([true, false]);
    for (const query of ['search=kawiarenki&organization_id', 'taxonomy_term_id', 'taxonomy_id', 'organization_id'])
      expect([query, await found(`${query}=${randomUUID()}`)]).toEqual([query, []]);
    const inPlaces = await page<HsdsServiceAtLocationDetails>(
      `/service_at_locations?taxonomy_term_id=${term('SENIORS')?.id}`,
    );
    expect(inPlaces.contents.map((one) => one.service.id)).toEqual([ofAnother]);
    expect(await get(`/service_at_locations/${ids(inPlaces)[0]}`)).toEqual(inPlaces.contents[0]);
  });

  it('tells what is searched in the order of relevance, over the pages too', async () => {
    const inPassing = await publish({ ...full, description: { pl: 'Rozmowy, szachy i ceramika' } });
    const named = await publish({ ...full, name: { pl: 'Ceramika' } });
    const found = async (query: string): Promise<string[]> => ids(await page<HsdsService>(`/services?${query}`));
    expect(await found('search=ceramiki')).toEqual([named, inPassing]);
    expect(await found('search=ceramiki&per_page=1&page=2')).toEqual([inPassing]);
    for (const id of [inPassing, named]) await post(`/service-offers/${id}/withdrawal`, { reasonCode: 'OVER' }, 2);
    expect(await found('search=ceramiki')).toEqual([]);
  });

  it('knows a place only while its service is published, and an owner only while one of his services is', async () => {
    const id = await publish({ ...full, informationOnly: { owner: 'Klub', confirmedOn: '2026-03-01' } });
    const [place] = (await get<HsdsService>(`/services/${id}`)).service_at_locations ?? [];
    const { organization } = await get<HsdsService>(`/services/${id}`);
    const statuses = () =>
      Promise.all(
        [`services/${id}`, `service_at_locations/${place?.id}`, `organizations/${organization.id}`].map(
          async (path) => (await service.http('GET', `/hsds/${path}`)).status,
        ),
      );
    expect(await statuses()).toEqual([200, 200, 200]);
    await post(`/service-offers/${id}/withdrawal`, { reasonCode: 'OVER' }, 2);
    expect(await statuses()).toEqual([404, 404, 404]);
  });

  it('is open to web pages of any origin, and tells when nothing has changed', async () => {
    for (const path of ['', '/services', `/services/${ofAnother}`, '/taxonomies']) {
      const first = await service.http('GET', `/hsds${path}`, { headers: { Origin: 'https://example.org' } });
      expect(first.headers.get('access-control-allow-origin')).toBe('*');
      const again = await service.http('GET', `/hsds${path}`, {
        headers: { 'If-None-Match': first.headers.get('etag') ?? '' },
      });
      expect([path, again.status]).toEqual([path, 304]);
    }
  });

  it('refuses what it does not know', async () => {
    for (const query of [
      'page=0',
      'page=1.5',
      'page=1e9',
      'per_page=101',
      'full=yes',
      'search=',
      'search=%00',
      'taxonomy_term_id=1',
      'taxonomy_id=x',
      'organization_id=x',
      'modified_after=2026-01-01',
      'postcode=82-300',
    ])
      expect([query, (await service.http('GET', `/hsds/services?${query}`)).status]).toEqual([query, 400]);
    for (const thing of ['services', 'organizations', 'service_at_locations', 'taxonomies', 'taxonomy_terms'])
      for (const id of [randomUUID(), 'x'])
        expect([thing, (await service.http('GET', `/hsds/${thing}/${id}`)).status]).toEqual([thing, 404]);
  });

  describe('beside the published schemas', () => {
    const isThere = existsSync(hsds) && existsSync(oruk);
    const absent =
      'The schemas of HSDS 3.0 and Open Referral UK are not beside the checkout, so the feed is not checked against them.';
    const faults = (validate: ValidateFunction, value: unknown): string[] =>
      validate(value) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);

    it('each record of each endpoint is valid HSDS 3.0', async () => {
      if (!isThere) return console.info(absent);
      const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
      for (const file of readdirSync(hsds).filter((name) => name.endsWith('.json') && name !== 'openapi.json'))
        ajv.addSchema(read<object>(hsds, file), file);
      const schema = (name: string): ValidateFunction => ajv.getSchema(name) as ValidateFunction;
      const list = (name: string): ValidateFunction => ajv.compile(read<object>(hsds, 'compiled', name));
      const checks: readonly [string, ValidateFunction, ValidateFunction][] = [
        ['services', list('service_list.json'), schema('service.json')],
        ['organizations', list('organization_list.json'), schema('organization.json')],
        ['service_at_locations', list('service_at_location_list.json'), schema('service_at_location.json')],
        ['taxonomies', schema('taxonomy.json'), schema('taxonomy.json')],
        ['taxonomy_terms', schema('taxonomy_term.json'), schema('taxonomy_term.json')],
      ];
      for (const [endpoint, inList, alone] of checks) {
        const contents = await everything(`/${endpoint}`);
        expect([endpoint, contents.length > 0]).toEqual([endpoint, true]);
        for (const record of contents) {
          expect([endpoint, record.id, faults(inList, record)]).toEqual([endpoint, record.id, []]);
          const told = await get(`/${endpoint}/${record.id}`);
          expect([endpoint, record.id, faults(alone, told)]).toEqual([endpoint, record.id, []]);
        }
        console.info(`HSDS 3.0: ${contents.length} ${endpoint} valid, in the list and alone`);
      }
      const { contents } = await page<HsdsService>('/services?full=true&per_page=100');
      for (const record of contents)
        expect([record.id, faults(schema('service.json'), record)]).toEqual([record.id, []]);
      // Schemas whose references led nowhere would let this through.
      const spoiled = { ...contents[0], id: 7, status: 'open', languages: [{ code: 'pl' }] };
      expect(faults(schema('service.json'), spoiled)).toEqual([
        '/id must be string',
        '/status must be equal to one of the allowed values',
        "/languages/0 must have required property 'id'",
      ]);
    }, 120_000);

    it('each service is valid by the profile, which narrows the standard, and so is any that may come', async () => {
      if (!isThere) return console.info(absent);
      const { profile } = await get<{ profile: string }>('/');
      const { patches } = await get<HsdsProfile>(new URL(profile).pathname.replace('/hsds', ''));
      const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
      for (const file of readdirSync(hsds).filter((name) => name.endsWith('.json') && name !== 'openapi.json')) {
        const { patch } = patches.find(({ schema }) => schema === file) ?? {};
        ajv.addSchema(merged(read<object>(hsds, file), patch ?? {}) as object, file);
      }
      const validate = ajv.getSchema('service.json') as ValidateFunction;
      const { contents } = await page<HsdsService>('/services?full=true&per_page=100');
      for (const record of contents) expect([record.id, faults(validate, record)]).toEqual([record.id, []]);
      fc.assert(
        fc.property(anyFeedOffer, (offer) => {
          expect(faults(validate, JSON.parse(JSON.stringify(hsdsService(offer, 'Centrum'))))).toEqual([]);
        }),
        { numRuns: 300 },
      );
      const { organization: _, ...spoiled } = { ...contents[0], cost_options: [{ id: randomUUID(), currency: 'GBP' }] };
      expect(faults(validate, spoiled)).toHaveLength(3);
    }, 60_000);

    /** JSON Merge Patch (RFC 7396). */
    function merged(target: unknown, patch: unknown): unknown {
      if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
      const into = { ...(target as Record<string, unknown> | undefined) };
      for (const [name, value] of Object.entries(patch))
        if (value === null) delete into[name];
        else into[name] = merged(into[name], value);
      return into;
    }

    interface Rule {
      readonly name: string;
      readonly endpoint: string;
      readonly schema: string;
      readonly pagination?: boolean;
      readonly useIdFrom?: string;
    }

    it('each rule of the Open Referral UK profile is kept', async () => {
      if (!isThere) return console.info(absent);
      const { testGroups } = read<{ testGroups: { name: string; tests: Rule[] }[] }>(
        oruk,
        'TestProfiles/HSDS-UK-3.0.json',
      );
      const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
      const validator = (file: string): ValidateFunction => {
        const { allOf: pages = [], ...schema } = read<{ allOf?: { Page: object }[] }>(oruk, 'Schemas', file);
        // The page object stands one level too deep in the published files, where it would check nothing.
        return ajv.compile({ allOf: [schema, ...pages.map(({ Page }) => ({ ...Page, required: pageFields }))] });
      };
      const pageFields = ['total_items', 'total_pages', 'page_number', 'size', 'first_page', 'last_page', 'empty'];
      for (const { name, tests } of testGroups) {
        let checked = 0;
        for (const rule of tests) {
          const validate = validator(rule.schema);
          // The address of the API itself ends in a slash, as clients call it.
          const path = rule.endpoint === '/' ? '/' : rule.endpoint.replace(/\/$/, '');
          const paths = rule.useIdFrom
            ? (await everything(path)).map(({ id }) => `${path}/${id}`)
            : [rule.pagination ? `${path}?per_page=5` : path];
          expect([rule.name, paths.length > 0]).toEqual([rule.name, true]);
          for (const one of paths) {
            expect([rule.name, one, faults(validate, await get(one))]).toEqual([rule.name, one, []]);
            checked += 1;
          }
          if (rule.pagination) await everyPage(path);
        }
        console.info(`Open Referral UK, ${name}: ${tests.length} rules kept in ${checked} answers`);
      }
    }, 120_000);

    async function everyPage(path: string): Promise<void> {
      const { total_items, total_pages } = await page(`${path}?per_page=5`);
      const seen: string[] = [];
      for (let number = 1; number <= total_pages; number += 1) {
        const one = await page<{ id: string }>(`${path}?per_page=5&page=${number}`);
        expect([one.page_number, one.first_page, one.last_page]).toEqual([
          number,
          number === 1,
          number === total_pages,
        ]);
        expect([one.size, one.empty]).toEqual([one.contents.length, false]);
        seen.push(...ids(one));
      }
      expect([new Set(seen).size, seen.length]).toEqual([total_items, total_items]);
    }

    async function everything(path: string): Promise<{ id: string }[]> {
      const found: { id: string }[] = [];
      for (let number = 1; ; number += 1) {
        const { contents, last_page } = await page<{ id: string }>(`${path}?per_page=100&page=${number}`);
        found.push(...contents);
        if (last_page) return found;
      }
    }
  });
});
