import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { exampleProgramme } from '../programmes/programme-example';
import { catalogueService } from '../service';
import { exampleOfficeRecord, exampleServiceRecord } from './catalogue-example';
import type { CataloguePage, ImportReport } from './catalogues.dto';

const as = { sub: 'director-maria', roles: ['director'] } as const;
const real = join(__dirname, '../../../../../shared/domain/catalogues.json');

describe('catalogues', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(catalogueService, {}, { now: () => new Date('2026-03-10T12:00:00Z') });
  }, 60_000);
  afterAll(() => service.stop());

  const send = (body: object, call: Call = {}, query = ''): Promise<Answer<ImportReport>> =>
    service.http('POST', `/catalogue-imports${query}`, { as, body, ...call });
  const take = async (body: object): Promise<ImportReport> => {
    const answer = await send(body);
    expect([answer.status, answer.body]).toEqual([201, answer.body]);
    return answer.body;
  };
  const give = async (query = ''): Promise<CataloguePage> => {
    const answer = await service.http<CataloguePage>('GET', `/catalogue-exports?limit=200${query}`, { as });
    expect([answer.status, answer.body]).toEqual([200, answer.body]);
    return answer.body;
  };
  const counts = ({ created, updated, unchanged, refused }: ImportReport) => [created, updated, unchanged, refused];
  const act = (id: string, name: string, body: object, ifMatch: number) =>
    service.http('POST', `/service-offers/${id}/${name}`, { as, body, ifMatch });
  const offerOf = async (id: string) => (await service.http('GET', `/service-offers/${id}`, { as })).body;
  /** Everything that an import may write. */
  const written = () =>
    service.sql(`select (select count(*)::int from office) as offices, (select count(*)::int from catalogue_entry) as entries,
      (select count(*)::int from service_offer) as offers, (select count(*)::int from outbox) as events`);

  it('of nine real offices come out as they went in, and going in again change nothing', async () => {
    if (!existsSync(real))
      return console.info('The catalogues of real offices are not beside the checkout, so they are not imported here.');
    const file = JSON.parse(readFileSync(real, 'utf8')) as CataloguePage;
    const tried = await send(file, {}, '?dryRun=true');
    expect([tried.status, counts(tried.body), tried.body.id]).toEqual([200, [41, 0, 0, 0], undefined]);
    expect(counts(await take(file))).toEqual([41, 0, 0, 0]);
    expect(await give()).toEqual(file);
    const before = await service.sql('select id, version, content from service_offer order by id');
    expect(counts(await take(file))).toEqual([0, 0, 41, 0]);
    expect(await service.sql('select id, version, content from service_offer order by id')).toEqual(before);
    expect(await give('&office=cus-klucze')).toEqual({
      ...file,
      offices: file.offices.filter(({ id }) => id === 'cus-klucze'),
      services: file.services.filter(({ officeId }) => officeId === 'cus-klucze'),
    });
    const { services } = await give('&office=ecus-elblag');
    expect(services).toHaveLength(15);
  }, 60_000);

  it('make public offers, found in the directory, with their events', async () => {
    const office = exampleOfficeRecord({ id: 'cus-a' });
    const record = exampleServiceRecord({
      id: 'cus-a--01',
      officeId: 'cus-a',
      namePl: 'Wypożyczalnia wózków',
      place: 'ul. Długa',
    });
    const report = await take({ offices: [office], services: [record] });
    const [{ offerId = '' } = {}] = report.services;
    expect(report).toMatchObject({
      offices: [{ id: 'cus-a', outcome: 'created' }],
      services: [{ id: 'cus-a--01', outcome: 'created', offerId }],
    });
    const { body } = await service.http('GET', `/service-offers/${offerId}`);
    expect(body).toMatchObject({
      version: 2,
      state: 'PUBLISHED',
      terc: '2861011',
      name: { pl: 'Wypożyczalnia wózków' },
      source: {
        facts: ['name'],
        inferred: ['areas', 'legalTrack', 'feeRule', 'description', 'recipientKind', 'unit', 'terc'],
      },
    });
    const found = await service.http<{ items: { id: string }[] }>('GET', '/service-offer-search?q=wozkow');
    expect(found.body.items.map(({ id }) => id)).toEqual([offerId]);
    expect((await service.published('catalogue.service-offer.published.v1', offerId)).data).toMatchObject({
      terc: '2861011',
    });
    expect((await service.published('catalogue.catalogue-import.completed.v1', report.id)).data).toEqual({
      created: 2,
      updated: 0,
      unchanged: 0,
    });
    expect(
      await service.sql(
        `select event::json->'data' as data from outbox where aggregate_type like '%office' and event like '%cus-a"%'`,
      ),
    ).toEqual([{ data: { key: 'cus-a', mode: 'TRANSFORMED_OPS', terc: '2861011' } }]);
  });

  it('make offices, which anybody may look up with the offers that they list', async () => {
    const office = exampleOfficeRecord({
      id: 'cus-o',
      terc: '1209033',
      project: { name: 'CUS', fund: 'EFS', totalPln: 2.5 },
    });
    const record = exampleServiceRecord({ id: 'cus-o--01', officeId: 'cus-o' });
    const [{ offerId } = {}] = (await take({ offices: [office], services: [record] })).services;
    const read = async <Body>(path: string): Promise<Body> => (await service.http<Body & object>('GET', path)).body;
    const { items } = await read<{ items: { id: string }[] }>('/offices?terc=1209033');
    expect(items).toEqual([
      {
        id: expect.any(String) as string,
        version: 1,
        key: 'cus-o',
        name: { pl: office.namePl },
        terc: '1209033',
        mode: 'TRANSFORMED_OPS',
        project: { name: 'CUS', fund: 'EFS', totalGrosze: 250 },
        source: { references: office.source, completeness: 'PARTIAL', facts: ['name'], inferred: ['mode'] },
      },
    ]);
    const id = items[0]?.id ?? '';
    expect(await read(`/offices/${id}`)).toEqual(items[0]);
    const offers = await read<{ items: { id: string }[] }>(`/service-offers?officeId=${id}`);
    expect(offers.items.map((offer) => offer.id)).toEqual([offerId]);
    expect((await service.http('GET', `/offices/${randomUUID()}`)).status).toBe(404);
    for (const query of ['/offices?terc=1', '/offices?after=x', '/service-offers?officeId=x'])
      expect([query, (await service.http('GET', query)).status]).toEqual([query, 400]);
  });

  it('revise what they say differently, and leave what they do not speak of', async () => {
    const office = exampleOfficeRecord({ id: 'cus-b', project: { name: 'CUS', fund: 'EFS', totalPln: 3094339.55 } });
    const record = exampleServiceRecord({
      id: 'cus-b--01',
      officeId: 'cus-b',
      edition: '2024',
      targetGroup: 'seniorzy',
    });
    const other = { ...record, id: 'cus-b--02' };
    const { services } = await take({ offices: [office], services: [record, other] });
    const [id, kept] = services.map(({ offerId }) => offerId!) as [string, string];
    const { id: _, version: __, state: ___, capacity: ____, queue: _____, ...content } = await offerOf(id);
    const said = {
      ...content,
      name: { pl: 'Usługi opiekuńcze', uk: 'Догляд' },
      description: { pl: 'Pomoc w domu, co dzień' },
    };
    expect((await act(id, 'revision', said, 2)).status).toBe(200);
    const { edition: ______, targetGroup: _______, ...rest } = record;
    const newer = { ...rest, namePl: 'Opieka w domu', voluntary: true };
    const report = await take({ offices: [], services: [newer, other] });
    expect(report.services.map(({ outcome }) => outcome)).toEqual(['updated', 'unchanged']);
    const after = await offerOf(id);
    expect(after).toMatchObject({
      version: 4,
      name: { pl: 'Opieka w domu', uk: 'Догляд' },
      description: { pl: 'Pomoc w domu, co dzień' },
      details: { voluntary: true },
    });
    expect(Object.keys(after)).not.toContain('targetGroup');
    expect(await offerOf(kept)).toMatchObject({ version: 2 });
    expect((await give('&office=cus-b')).services).toEqual([newer, other]);
    const moved = exampleOfficeRecord({ ...office, address: 'ul. Długa 1' });
    expect((await take({ offices: [moved], services: [] })).offices).toEqual([{ id: 'cus-b', outcome: 'updated' }]);
    expect((await give('&office=cus-b')).offices).toEqual([moved]);
  });

  it('are taken in wholly or not at all, and a dry run says of each record what would happen', async () => {
    const office = exampleOfficeRecord({ id: 'cus-c' });
    const good = exampleServiceRecord({ id: 'cus-c--01', officeId: 'cus-c' });
    await take({ offices: [office], services: [good] });
    const body = {
      offices: [{ ...office, extra: 'nowe' }, office],
      services: [
        { ...good, legalTrack: 'OTHER_ACT' },
        { ...good, id: 'cus-c--02' },
        { ...good, id: 'cus-c--03', officeId: 'cus-nowhere' },
        { ...good, id: 'cus-c--02' },
        { ...good, id: 'cus-c--04', budgetStateSharePct: 80 },
      ],
    };
    const before = await written();
    const { status, body: problem } = await send(body);
    const { type, errors } = problem as unknown as { type: string; errors: { pointer: string; detail: string }[] };
    const pointers = [
      '/offices/1/id',
      '/services/0',
      '/services/2/officeId',
      '/services/3/id',
      '/services/4/budgetStateSharePct',
    ];
    expect([status, type, errors.map(({ pointer }) => pointer)]).toEqual([
      422,
      '/problems/catalogue-refused',
      pointers,
    ]);
    expect(errors[1]?.detail).toContain('legalTrack');
    const tried = await send(body, {}, '?dryRun=true');
    expect([tried.status, counts(tried.body)]).toEqual([200, [1, 1, 0, 5]]);
    expect(tried.body.services.map(({ outcome }) => outcome)).toEqual([
      'refused',
      'created',
      'refused',
      'refused',
      'refused',
    ]);
    expect(await written()).toEqual(before);
  });

  it('happen once under one key, and one after the other', async () => {
    const body = {
      offices: [exampleOfficeRecord({ id: 'cus-d' })],
      services: [exampleServiceRecord({ id: 'cus-d--01', officeId: 'cus-d' })],
    };
    const key = randomUUID();
    const first = await send(body, { key });
    const before = await written();
    const again = await send(body, { key });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(await written()).toEqual(before);
    const both = await Promise.all([send(body), send(body)]);
    for (const { status, body: told } of both)
      expect([201, 409].includes(status) && (status === 409 || counts(told)[2] === 2)).toBe(true);
    expect(await service.sql(`select from catalogue_entry where key = 'cus-d--01'`)).toHaveLength(1);
  });

  it('leave a service under the Act a draft until its programme is named', async () => {
    const record = exampleServiceRecord({ id: 'cus-e--01', officeId: 'cus-e', legalTrack: 'PUS' });
    const { services } = await take({ offices: [exampleOfficeRecord({ id: 'cus-e' })], services: [record] });
    const [{ offerId = '' } = {}] = services;
    expect(services).toEqual([{ id: 'cus-e--01', outcome: 'created', offerId, waitsFor: 'PROGRAMME' }]);
    expect((await service.http('GET', `/service-offers/${offerId}`)).status).toBe(404);
    expect((await act(offerId, 'publication', {}, 1)).status).toBe(422);
    const { body: programme } = await service.http<{ id: string }>('POST', '/programmes', {
      as,
      body: exampleProgramme(),
    });
    const adopted = { resolutionNumber: 'I/1/2026', adoptedOn: '2026-02-01' };
    const published = { journalReference: 'poz. 1', publishedOn: '2026-02-10' };
    for (const [version, [name, body]] of Object.entries({
      adoption: adopted,
      'journal-publication': published,
    }).entries())
      await service.http('POST', `/programmes/${programme.id}/${name}`, { as, body, ifMatch: version + 1 });
    const { id: _, version: __, state: ___, capacity: ____, queue: _____, ...content } = await offerOf(offerId);
    const named = { ...content, programmeId: programme.id, serviceCode: 'teleopieka', unit: 'PLACE' };
    expect((await act(offerId, 'revision', { ...named, serviceCode: 'taxi' }, 1)).status).toBe(422);
    expect((await act(offerId, 'revision', named, 1)).status).toBe(200);
    expect((await act(offerId, 'publication', {}, 2)).status).toBe(200);
    expect((await take({ offices: [], services: [record] })).services).toEqual([
      { id: 'cus-e--01', outcome: 'unchanged', offerId },
    ]);
    expect((await give('&office=cus-e')).services).toEqual([record]);
  });

  it('let services wait for the gmina of their office, and offer them once it is known', async () => {
    const office = exampleOfficeRecord({ id: 'cus-f', terc: null });
    const record = exampleServiceRecord({
      id: 'cus-f--01',
      officeId: 'cus-f',
      budget: { totalPln: 67500.1, stateGrantPln: 54000 },
    });
    const whole = { offices: [office], services: [record] };
    expect((await take(whole)).services).toEqual([{ id: 'cus-f--01', outcome: 'created', waitsFor: 'GMINA' }]);
    expect(await give('&office=cus-f')).toMatchObject(whole);
    expect((await take(whole)).services).toEqual([{ id: 'cus-f--01', outcome: 'unchanged', waitsFor: 'GMINA' }]);
    const looked = { ...office, terc: '2607011' };
    const [{ offerId = '', outcome } = {}] = (await take({ offices: [looked], services: [record] })).services;
    expect(outcome).toBe('updated');
    expect((await service.http('GET', `/service-offers/${offerId}`)).body).toMatchObject({
      terc: '2607011',
      details: { budget: { totalGrosze: 6750010, stateGrantGrosze: 5400000 } },
    });
    expect(await give('&office=cus-f')).toMatchObject({ offices: [looked], services: [record] });
  });

  it('offer anew what was withdrawn, and do not tell of it until then', async () => {
    const record = exampleServiceRecord({ id: 'cus-g--01', officeId: 'cus-g' });
    const whole = { offices: [exampleOfficeRecord({ id: 'cus-g' })], services: [record] };
    const [{ offerId: first = '' } = {}] = (await take(whole)).services;
    expect((await act(first, 'withdrawal', { reasonCode: 'OVER' }, 2)).status).toBe(200);
    expect((await give('&office=cus-g')).services).toEqual([]);
    const [{ offerId: second, outcome } = {}] = (await take(whole)).services;
    expect([outcome, second === first]).toEqual(['created', false]);
    expect((await give('&office=cus-g')).services).toEqual([record]);
  });

  it('are for the services organiser and the director', async () => {
    const calls = (who?: Call['as']) => [
      service.http('POST', '/catalogue-imports', { body: {}, ...(who ? { as: who } : {}) }),
      service.http('GET', '/catalogue-exports', who ? { as: who } : {}),
    ];
    const statuses = async (who?: Call['as']) => (await Promise.all(calls(who))).map(({ status }) => status);
    expect(await statuses()).toEqual([401, 401]);
    for (const role of ['desk', 'provider', 'partner'] as const)
      expect(await statuses({ roles: [role] })).toEqual([403, 403]);
    expect(await statuses({ roles: ['services-organiser'] })).toEqual([400, 200]);
    expect((await send({ offices: [], services: [] }, { key: null })).status).toBe(400);
  });

  it.each<[string, object]>([
    ['nothing at all', {}],
    ['an unknown field', { colour: 'red' }],
    ['an unknown area', { areas: ['seniorzy'] }],
    ['a fact of no field', { fact: ['colour'] }],
    ['a third decimal', { budget: { totalPln: 1.005 } }],
    ['an amount that is nearly nothing', { budget: { totalPln: 1e-7 } }],
    ['a script for a source', { sourceUrl: 'javascript:alert(1)' }],
    ['an id that is none', { id: 'A b' }],
  ])('with %s in a service are refused with 400', async (title, changes) => {
    const record = title === 'nothing at all' ? {} : exampleServiceRecord(changes);
    expect((await send({ offices: [], services: [record] })).status).toBe(400);
  });

  it('refuse a cursor or a filter of the export that is none of theirs', async () => {
    const after = Buffer.from('["x"]').toString('base64url');
    for (const query of [`after=${after}`, 'after=x', 'limit=201', 'office=%00', 'colour=red'])
      expect([query, (await service.http('GET', `/catalogue-exports?${query}`, { as })).status]).toEqual([query, 400]);
    expect((await send({ offices: [], services: [] }, {}, '?dryRun=perhaps')).status).toBe(400);
  });
});
