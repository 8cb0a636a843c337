import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Changed } from '@okienko/chassis/http';
import { type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { catalogueService } from '../service';
import { exampleOffer } from '../service-offers/service-offer-example';
import { anyFeedOffer } from './any-feed-offer';
import type { HsdsPage, HsdsService } from './hsds';
import type { HsdsImportReport } from './hsds-imports.dto';
import { hsdsService } from './hsds-service';
import { type Post, publishSeed } from './published-seed';

const conformance = join(__dirname, '../../../../../shared/conformance');
const as = { sub: 'director-maria', roles: ['director'] } as const;

interface Problem {
  type: string;
  errors: { pointer: string; detail: string }[];
}

const postTo =
  (service: () => ServiceUnderTest): Post =>
  async (path, body, version) => {
    const answer = await service().http<Changed>('POST', path, {
      as,
      body,
      ...(version === undefined ? {} : { ifMatch: version }),
    });
    expect([answer.body, answer.status]).toEqual([answer.body, version === undefined ? 201 : 200]);
    return answer.body;
  };

describe('the import of an HSDS feed', () => {
  let ours: ServiceUnderTest;
  let theirs: ServiceUnderTest;
  let today = new Date('2026-03-10T12:00:00Z');
  beforeAll(async () => {
    const clock = { now: () => today };
    ours = await startForTest(catalogueService, {}, clock);
    theirs = await startForTest(catalogueService, { CENTRE_NAME: 'Elbląskie Centrum Usług Społecznych' }, clock);
  }, 60_000);
  afterAll(() => Promise.all([ours.stop(), theirs.stop()]));

  const postTheirs = postTo(() => theirs);
  const take = <T = HsdsImportReport>(body: object, call: Call = {}, query = '') =>
    ours.http<T>('POST', `/hsds-imports${query}`, { as, body, ...call });
  const feedOf = async (service: ServiceUnderTest): Promise<HsdsPage<HsdsService>> =>
    (await service.http<HsdsPage<HsdsService>>('GET', '/hsds/services?full=true&per_page=100')).body;
  const counts = ({ created, updated, unchanged, refused }: HsdsImportReport): number[] => [
    created,
    updated,
    unchanged,
    refused,
  ];
  const state = async (): Promise<object[]> =>
    ours.sql(
      `select (select count(*)::int from service_offer) as offers, (select count(*)::int from outbox) as events,
              (select coalesce(sum(version), 0)::int from service_offer) as versions`,
    );
  /** A service as a feed without our profile tells it. */
  const foreign = (changes: object = {}) => ({
    id: randomUUID(),
    name: 'Kawiarenka',
    status: 'active',
    organization: { id: randomUUID(), name: 'Miejski Ośrodek Kultury', description: 'Dom kultury.' },
    assured_date: '2026-02-01',
    ...changes,
  });
  const feed = (...contents: object[]) => ({ contents, terc: '3261011', areas: ['kultura'] });
  const offer = async (id: string) =>
    (await ours.http<Record<string, unknown>>('GET', `/service-offers/${id}`, { as })).body;

  it('gives back the feed of Elbląg and Ostrowiec as it was, first tried, then done, then done again', async () => {
    const count = await publishSeed(postTheirs);
    const page = await feedOf(theirs);
    expect(page.contents).toHaveLength(count);
    const before = await state();
    const trial = await take(page, {}, '?dryRun=true');
    expect([trial.status, trial.body.dryRun, counts(trial.body)]).toEqual([201, true, [count, 0, 0, 0]]);
    expect(await state()).toEqual(before);
    const done = await take(page);
    expect([done.status, done.body]).toEqual([201, { ...trial.body, dryRun: false }]);
    expect(await feedOf(ours)).toEqual(page);
    const after = await state();
    const again = await take(page);
    expect(counts(again.body)).toEqual([0, 0, count, 0]);
    expect(await state()).toEqual(after);
    const bytes = JSON.stringify(page).length;
    console.info(`${count} services in ${bytes} bytes, came back the same`);
    const found = await ours.http<{ items: object[] }>('GET', '/service-offer-search?q=teleopieki');
    expect(found.body.items.length).toBeGreaterThan(0);
    expect(found.body.items[0]).toMatchObject({
      legalTrack: 'OTHER_ACT',
      informationOnly: {
        owner: 'Elbląskie Centrum Usług Społecznych',
        confirmedOn: '2026-03-10',
        centreOffer: { legalTrack: 'PUS' },
      },
    });
  }, 60_000);

  it('gives back any offers as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFeedOffer, { minLength: 1, maxLength: 4 }), async (offers) => {
        const contents = offers.map((one) => hsdsService(one, 'Inne centrum'));
        const { status, body } = await take({ contents });
        expect([status, body]).toEqual([201, body]);
        for (const told of contents)
          expect((await ours.http('GET', `/hsds/services/${told.id}`)).body).toEqual(JSON.parse(JSON.stringify(told)));
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('follows what the owner says: changed, confirmed, closed, and never open again, each with its event', async () => {
    const record = foreign();
    const { id } = record;
    const outcomes = async (changes: object): Promise<number[]> =>
      counts((await take(feed({ ...record, ...changes }))).body);
    expect(await outcomes({})).toEqual([1, 0, 0, 0]);
    expect(await offer(id)).toMatchObject({ state: 'PUBLISHED', version: 2, name: { pl: 'Kawiarenka' } });
    expect(await outcomes({})).toEqual([0, 0, 1, 0]);
    expect(await outcomes({ assured_date: '2026-03-01' })).toEqual([0, 1, 0, 0]);
    expect(await outcomes({ assured_date: '2026-01-01' })).toEqual([0, 0, 1, 0]);
    expect(await outcomes({ name: 'Kawiarnia' })).toEqual([0, 1, 0, 0]);
    expect(await offer(id)).toMatchObject({
      version: 4,
      name: { pl: 'Kawiarnia' },
      informationOnly: { owner: 'Miejski Ośrodek Kultury', confirmedOn: '2026-03-01' },
    });
    expect((await ours.published('catalogue.service-offer.revised.v1', id)).data).toMatchObject({ name: 'Kawiarnia' });
    expect(await outcomes({ name: 'Kawiarnia', status: 'defunct' })).toEqual([0, 1, 0, 0]);
    expect((await ours.published('catalogue.service-offer.withdrawn.v1', id)).data).toEqual({
      reasonCode: 'CLOSED_BY_OWNER',
    });
    expect(await outcomes({ name: 'Kawiarnia', status: 'defunct' })).toEqual([0, 0, 1, 0]);
    const { status, body } = await take<Problem>(feed({ ...record, name: 'Kawiarnia' }));
    expect([status, body.errors.map(({ pointer }) => pointer)]).toEqual([400, ['/contents/0']]);
    expect(ours.events().filter(({ subject }) => subject === id)).toHaveLength(5);
  });

  it('drafts what is not open, publishes it once it is, and finds it then', async () => {
    const record = foreign({ name: 'Wypożyczalnia hulajnóg', status: 'inactive' });
    await take(feed(record));
    expect(await offer(record.id)).toMatchObject({ state: 'DRAFT', version: 1 });
    expect(counts((await take(feed({ ...record, status: 'temporarily closed' }))).body)).toEqual([0, 1, 0, 0]);
    expect(await offer(record.id)).toMatchObject({
      state: 'PUBLISHED',
      version: 3,
      details: { status: 'TEMPORARILY_CLOSED' },
    });
    const { body } = await ours.http<{ items: { id: string }[] }>('GET', '/service-offer-search?q=hulajnoga');
    expect(body.items.map(({ id }) => id)).toEqual([record.id]);
    expect((await ours.http('GET', `/hsds/services/${record.id}`)).body).toMatchObject({
      status: 'temporarily closed',
    });
  });

  it('of a feed that gives no day counts as confirmed on the day it is read', async () => {
    const record = foreign({ assured_date: null });
    await take(feed(record));
    today = new Date('2026-03-11T12:00:00Z');
    expect(counts((await take(feed(record))).body)).toEqual([0, 1, 0, 0]);
    expect(await offer(record.id)).toMatchObject({ informationOnly: { confirmedOn: '2026-03-11' } });
    const modified = foreign({ assured_date: null, last_modified: '2025-12-24T10:30:45.123Z' });
    await take(feed(modified));
    expect(await offer(modified.id)).toMatchObject({ informationOnly: { confirmedOn: '2025-12-24' } });
  });

  it('takes what the standards themselves give as examples', async () => {
    if (!existsSync(conformance))
      return console.info('The examples of HSDS are not beside the checkout, so none is imported.');
    const files = [
      'hsds-3.0/examples/service_full.json',
      'hsds-3.0/examples/service_list.json',
      'oruk/Mocks/V3.0-UK-Default/service_full.json',
      'oruk/Mocks/V3.0-UK-Default/service_list.json',
    ];
    for (const file of files) {
      const example = JSON.parse(readFileSync(join(conformance, file), 'utf8')) as { contents?: object[] };
      const body = example.contents ? { ...feed(), ...example } : feed(example);
      const { status, body: report } = await take(body);
      expect([file, status, report]).toEqual([file, 201, expect.objectContaining({ refused: 0 })]);
      const [{ id = '', leftOut } = {}] = report.records;
      console.info(`${file}: ${report.created ? 'created' : 'updated'}, left out ${leftOut?.join(', ') ?? 'nothing'}`);
      const { body: told } = await ours.http<HsdsService>('GET', `/hsds/services/${id}`);
      expect(told).toMatchObject({
        name: 'Community Counselling',
        organization: { name: 'Example Organization Inc.' },
      });
    }
  });

  it('takes all or nothing, and says for each record why', async () => {
    const good = foreign();
    const own = await postTo(() => ours)('/service-offers', exampleOffer());
    const records = [
      good,
      foreign({ name: 7 }),
      { ...good },
      foreign({ id: own.id }),
      foreign({ url: 'javascript:alert(1)' }),
      {},
    ];
    const before = await state();
    const { status, body } = await take<Problem>(feed(...records));
    expect([status, body.type.split('/').at(-1)]).toEqual([400, 'feed-refused']);
    expect([...new Set(body.errors.map(({ pointer }) => pointer))]).toEqual([
      '/contents/1/name',
      '/contents/2/id',
      '/contents/3',
      '/contents/4/url',
      '/contents/5/id',
      '/contents/5/status',
      '/contents/5/name',
      '/contents/5/organization',
    ]);
    const trial = await take(feed(...records), {}, '?dryRun=true');
    expect([trial.status, counts(trial.body)]).toEqual([201, [1, 0, 0, 5]]);
    expect(trial.body.records.map(({ outcome }) => outcome)).toEqual(['created', ...Array<string>(5).fill('refused')]);
    expect(trial.body.records[0]).toEqual({ pointer: '/contents/0', id: good.id, outcome: 'created' });
    expect(await state()).toEqual(before);
    expect((await ours.http('GET', `/service-offers/${good.id}`, { as })).status).toBe(404);
  });

  it('answers a repeated key with the same answer, and happens once also when asked several times at once', async () => {
    const body = feed(foreign(), foreign());
    const key = randomUUID();
    const first = await take(body, { key });
    const again = await take(body, { key });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await take(feed(foreign()), { key })).status).toBe(422);
    expect((await take(body, { key: null })).status).toBe(400);
    const another = feed(foreign(), foreign(), foreign());
    const ids = another.contents.map((one) => (one as { id: string }).id);
    const turned = { ...another, contents: [...another.contents].reverse() };
    const answers = await Promise.all([take(another), take(turned), take(another), take(turned)]);
    for (const { status } of answers) expect([201, 409]).toContain(status);
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect(await ours.sql('select from outbox where aggregate_id = any($1::uuid[])', [ids])).toHaveLength(6);
  });

  it('meets whatever stands in a record with a report, and what it would take it takes', async () => {
    const records = anyFeedOffer.map((one) => JSON.parse(JSON.stringify(hsdsService(one, 'Inne centrum'))) as object);
    await fc.assert(
      fc.asyncProperty(records, fc.nat(), fc.jsonValue(), async (record, place, value) => {
        const paths = pathsIn(record);
        const contents = [replaced(record, paths[place % paths.length] ?? [], value)];
        const trial = await take({ contents }, {}, '?dryRun=true');
        // Text that cannot be stored is refused before anybody looks at records.
        if (trial.status === 400) return;
        expect([trial.status, trial.body]).toEqual([201, trial.body]);
        const { status } = await take({ contents });
        expect([status, trial.body]).toEqual([trial.body.refused === 0 ? 201 : 400, trial.body]);
        const id = trial.body.records[0]?.id;
        if (status === 201) expect([200, 404]).toContain((await ours.http('GET', `/hsds/services/${id}`)).status);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('refuses a body that is no page of a feed', async () => {
    for (const body of [
      {},
      { contents: [] },
      { contents: {} },
      { contents: [[]] },
      { contents: [null] },
      feed(),
      { ...feed(foreign()), terc: '1' },
      { ...feed(foreign()), areas: ['seniorzy'] },
      { ...feed(foreign()), total_items: -1 },
      { ...feed(foreign()), surprise: 1 },
    ])
      expect([body, (await take(body)).status]).toEqual([body, 400]);
    expect((await take(feed(foreign()), {}, '?dryRun=yes')).status).toBe(400);
    expect((await take({ contents: [foreign({ description: 'x'.repeat(1_100_000) })] })).status).toBe(413);
  });

  it('is for the services organiser and the director', async () => {
    const body = feed(foreign());
    expect((await ours.http('POST', '/hsds-imports', { body })).status).toBe(401);
    for (const role of ['desk', 'partner', 'provider'] as const)
      expect((await take(body, { as: { roles: [role] } })).status).toBe(403);
    expect((await take(body, { as: { roles: ['services-organiser'] } })).status).toBe(201);
  });
});

/** Where something stands in a JSON value. */
const pathsIn = (value: unknown, at: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, part]) => [[...at, name], ...pathsIn(part, [...at, name])])
    : [];

function replaced(value: object, [first, ...rest]: readonly string[], by: unknown): object {
  if (first === undefined) return value;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  copy[first] = rest.length === 0 ? by : replaced(copy[first] as object, rest, by);
  return copy;
}
