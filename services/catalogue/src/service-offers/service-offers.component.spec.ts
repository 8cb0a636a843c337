import { randomUUID } from 'node:crypto';
import type { Changed } from '@okienko/chassis/http';
import { type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { exampleProgramme } from '../programmes/programme-example';
import { catalogueService } from '../service';
import { exampleOffer, exampleProgrammeOffer } from './service-offer-example';

const organiser = { sub: 'organiser-ewa', roles: ['services-organiser'] } as const;
const desk = { sub: 'desk-anna', roles: ['desk'] } as const;

interface Listed {
  items: { id: string; state: string; capacity: object | null }[];
  next?: string;
}

describe('service offers over HTTP', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(catalogueService, {}, { now: () => new Date('2026-03-10T12:00:00Z') });
  }, 60_000);
  afterAll(() => service.stop());

  const post = (path: string, call: Call) => service.http<Changed>('POST', path, { as: organiser, ...call });
  const draft = (body: object = exampleOffer(), call: Call = {}) => post('/service-offers', { body, ...call });
  const publish = (id: string, ifMatch = 1, call: Call = {}) =>
    post(`/service-offers/${id}/publication`, { body: {}, ifMatch, ...call });
  const withdraw = (id: string, ifMatch = 2, call: Call = {}) =>
    post(`/service-offers/${id}/withdrawal`, { body: { reasonCode: 'PROVIDER_GONE' }, ifMatch, ...call });
  const published = async (body: object = exampleOffer()): Promise<string> => {
    const { body: offer } = await draft(body);
    expect((await publish(offer.id)).status).toBe(200);
    return offer.id;
  };
  const programme = async (acts: readonly [string, object][]): Promise<string> => {
    let { body } = await post('/programmes', { body: exampleProgramme() });
    for (const [act, data] of acts)
      ({ body } = await post(`/programmes/${body.id}/${act}`, { body: data, ifMatch: body.version }));
    return body.id;
  };
  const adoption: [string, object] = ['adoption', { resolutionNumber: 'I/1/2026', adoptedOn: '2026-02-01' }];
  const journal: [string, object] = ['journal-publication', { journalReference: 'poz. 1', publishedOn: '2026-02-10' }];
  const inForce = () => programme([adoption, journal]);
  const list = async (query: string, as?: Call['as']): Promise<Listed> =>
    (await service.http<Listed>('GET', `/service-offers?${query}`, as ? { as } : {})).body;
  const ids = ({ items }: Listed): string[] => items.map(({ id }) => id);
  const problem = ({ status, body }: { status: number; body: object }): unknown[] => {
    const { type, basis } = body as { type: string; basis?: string };
    return [status, type.split('/').at(-1), ...(basis === undefined ? [] : [basis])];
  };

  it('are drafted, published and withdrawn, each act with its event', async () => {
    const programmeId = await inForce();
    const content = exampleProgrammeOffer(programmeId);
    const { status, body } = await draft(content);
    expect([status, body.version]).toEqual([201, 1]);
    expect((await publish(body.id)).body.version).toBe(2);
    const { name, description: _, feeRule: __, ...facts } = content;
    expect(await service.published('catalogue.service-offer.drafted.v1', body.id)).toMatchObject({
      sequence: '0000000001',
      data: { legalTrack: 'PUS', terc: '2861011' },
    });
    expect((await service.published('catalogue.service-offer.published.v1', body.id)).data).toEqual({
      ...facts,
      name: name.pl,
    });
    const seen = await service.http('GET', `/service-offers/${body.id}`);
    expect(seen.body).toEqual({ ...content, id: body.id, version: 2, state: 'PUBLISHED', capacity: null, queue: null });
    expect((await withdraw(body.id)).body.version).toBe(3);
    expect((await service.published('catalogue.service-offer.withdrawn.v1', body.id)).data).toEqual({
      reasonCode: 'PROVIDER_GONE',
    });
    expect((await service.http('GET', `/service-offers/${body.id}`)).status).toBe(404);
  });

  it('under a programme name one of its services, and no other offer names a programme', async () => {
    const programmeId = await programme([]);
    const content = exampleProgrammeOffer(programmeId);
    const refused = [422, 'service-not-in-programme', 'art. 5 ust. 3 pkt 5'];
    const { serviceCode: _, ...withoutService } = content;
    for (const body of [
      { ...content, serviceCode: 'taxi' },
      withoutService,
      { ...content, programmeId: randomUUID() },
      { ...content, legalTrack: 'OTHER_ACT' },
    ])
      expect(problem(await draft(body))).toEqual(refused);
    expect((await draft(content)).status).toBe(201);
  });

  it('under a programme are published only while it is in force', async () => {
    const programmeId = await programme([adoption]);
    const { body } = await draft(exampleProgrammeOffer(programmeId));
    expect(problem(await publish(body.id))).toEqual([422, 'programme-not-in-force', 'art. 4']);
    await post(`/programmes/${programmeId}/${journal[0]}`, { body: journal[1], ifMatch: 2 });
    expect((await publish(body.id)).status).toBe(200);
    const late = await draft(exampleProgrammeOffer(programmeId));
    await post(`/programmes/${programmeId}/end`, { body: { endedOn: '2026-03-10' }, ifMatch: 4 });
    expect(problem(await publish(late.body.id))).toEqual([422, 'programme-not-in-force', 'art. 4']);
  });

  it('under a programme that is just being ended wait for that, and are then refused', async () => {
    const programmeId = await inForce();
    const { body } = await draft(exampleProgrammeOffer(programmeId));
    const ending = service.sql(
      `with ended as (
         update programme set state = 'ENDED', acts = acts || '{"endedOn": "2026-03-10"}' where id = $1 returning id
       ) select pg_sleep(1) from ended`,
      [programmeId],
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(problem(await publish(body.id))).toEqual([422, 'programme-not-in-force', 'art. 4']);
    await ending;
  });

  it('refuse an act out of turn (409), on a stale version (412), without a version (428)', async () => {
    const { body } = await draft();
    expect(problem(await withdraw(body.id, 1))).toEqual([409, 'wrong-state']);
    expect(problem(await publish(body.id, 5))).toEqual([412, 'stale-version']);
    expect((await post(`/service-offers/${body.id}/publication`, { body: {} })).status).toBe(428);
    expect(problem(await publish(randomUUID()))).toEqual([404, 'not-found']);
  });

  it('answer a repeated key with the same answer and one event, and refuse it for another body', async () => {
    const key = randomUUID();
    const answers = await Promise.all([draft(undefined, { key }), draft(undefined, { key })]);
    const again = await draft(undefined, { key });
    for (const { status, body } of answers) expect(status === 409 || body.id === again.body.id).toBe(true);
    expect(await service.sql('select 1 from outbox where aggregate_id = $1', [again.body.id])).toHaveLength(1);
    expect(problem(await draft(exampleOffer({ unit: 'DAY' }), { key }))).toEqual([422, 'idempotency-key-reused']);
  });

  it('are published once when asked three times at once', async () => {
    const { body } = await draft();
    const answers = await Promise.all([publish(body.id), publish(body.id), publish(body.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('are found by area, gmina, legal track and programme', async () => {
    const programmeId = await inForce();
    const ours = await published(exampleProgrammeOffer(programmeId));
    const other = await published(exampleOffer({ terc: '2607011', areas: ['kultura', 'mieszkalnictwo'] }));
    expect(ids(await list(`programmeId=${programmeId}`))).toEqual([ours]);
    expect(ids(await list(`programmeId=${programmeId.toUpperCase()}`))).toEqual([ours]);
    expect(ids(await list('terc=2607011'))).toEqual([other]);
    expect(ids(await list('area=mieszkalnictwo'))).toEqual([other]);
    expect(ids(await list('area=mieszkalnictwo&terc=2861011'))).toEqual([]);
    const tracks = ids(await list('legalTrack=PUS&limit=200'));
    expect([tracks.includes(ours), tracks.includes(other)]).toEqual([true, false]);
  });

  it('are revised under the same id, and say who owns them and since when nobody has confirmed them', async () => {
    const said = {
      targetGroups: ['SENIORS', 'CARERS'] as const,
      ages: { from: 60 },
      languages: ['pl', 'uk', 'pjm'],
      accessibility: ['STEP_FREE'] as const,
      openingHours: [{ days: [1, 2, 3], opens: '07:30', closes: '15:30' }],
      contact: { phone: '+48 55 625 61 00', url: 'https://mok.example.pl/kawiarenka' },
      informationOnly: { owner: 'Miejski Ośrodek Kultury', confirmedOn: '2025-09-09' },
    };
    const content = exampleOffer({ terc: '2611011', legalTrack: 'OTHER_ACT', ...said });
    const id = await published(content);
    const read = async (): Promise<object> => (await service.http<object>('GET', `/service-offers/${id}`)).body;
    expect(await read()).toEqual({
      ...content,
      id,
      version: 2,
      state: 'PUBLISHED',
      capacity: null,
      queue: null,
      stale: true,
    });
    expect(ids(await list('terc=2611011&stale=true'))).toEqual([id]);
    const act = (name: string, body: object, ifMatch: number) =>
      post(`/service-offers/${id}/${name}`, { body, ifMatch });
    expect((await act('confirmation', { confirmedOn: '2026-03-10' }, 2)).body.version).toBe(3);
    expect(await read()).not.toHaveProperty('stale');
    expect(ids(await list('terc=2611011&stale=true'))).toEqual([]);
    const better = { ...content, name: { pl: 'Kawiarenka', uk: 'Кав’ярня' } };
    expect((await act('revision', better, 3)).body.version).toBe(4);
    expect(await read()).toMatchObject({ name: better.name, version: 4, state: 'PUBLISHED' });
    expect((await service.published('catalogue.service-offer.revised.v1', id)).data).toMatchObject({
      name: 'Kawiarenka',
    });
    expect(problem(await act('revision', { ...better, unit: 'DAY' }, 4))).toEqual([422, 'another-offer']);
    expect(problem(await act('revision', better, 3))).toEqual([412, 'stale-version']);
    expect(await service.sql('select from outbox where aggregate_id = $1', [id])).toHaveLength(4);
  });

  it('are shown to everyone once published; drafts and withdrawn ones to staff who ask for them', async () => {
    const { body } = await draft();
    const provider = { roles: ['provider'], providerId: randomUUID() } as const;
    const seen = async (as?: Call['as']) => [
      (await service.http('GET', `/service-offers/${body.id}`, as ? { as } : {})).status,
      ids(await list('state=DRAFT&limit=200', as)).includes(body.id),
      ids(await list('limit=200', as)).includes(body.id),
    ];
    expect([await seen(), await seen(provider), await seen(desk)]).toEqual([
      [404, false, false],
      [404, false, false],
      [200, true, false],
    ]);
  });

  it('are open to web pages of any origin', async () => {
    const { headers } = await service.http('GET', '/service-offers?limit=1', {
      headers: { Origin: 'https://example.org' },
    });
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  it('paged while others come and go, show every surviving one exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(8), { maxLength: 4 }),
        async (limit, leaving) => {
          const terc = '3261011';
          await service.sql(`update service_offer set state = 'WITHDRAWN' where content->>'terc' = $1`, [terc]);
          const body = exampleOffer({ terc });
          const begun = await Promise.all(Array.from({ length: 9 }, () => published(body)));
          const gone = new Set(leaving.map((index) => begun[index]!));
          const leavers = [...gone];
          const seen: string[] = [];
          let after = '';
          for (;;) {
            const page = await list(`terc=${terc}&limit=${limit}${after}`);
            expect(page.items.length).toBeLessThanOrEqual(limit);
            seen.push(...ids(page));
            if (page.next === undefined) break;
            after = `&after=${page.next}`;
            const leaver = leavers.pop();
            if (leaver) expect((await withdraw(leaver)).status).toBe(200);
            if (seen.length < 20) await published(body);
          }
          expect(new Set(seen).size).toBe(seen.length);
          for (const id of begun.filter((offer) => !gone.has(offer))) expect(seen).toContain(id);
        },
      ),
      { numRuns: 6 },
    );
  }, 60_000);

  it('refuse a cursor or filter that is none of theirs with 400', async () => {
    const made = Buffer.from(JSON.stringify(["' or 1=1"])).toString('base64url');
    for (const query of [
      `after=${made}`,
      'after=x',
      'limit=0',
      'limit=201',
      'area=seniorzy',
      'terc=1',
      'programmeId=1',
      'colour=red',
    ])
      expect([query, (await service.http('GET', `/service-offers?${query}`)).status]).toEqual([query, 400]);
  });

  describe('who may act', () => {
    const id = randomUUID();
    it.each(['', `/${id}/publication`, `/${id}/revision`, `/${id}/confirmation`, `/${id}/withdrawal`])(
      'POST /service-offers%s is for the services organiser and the director',
      async (route) => {
        const call = (as?: Call['as']) =>
          service.http('POST', `/service-offers${route}`, { ...(as ? { as } : {}), body: {}, ifMatch: 1 });
        expect((await call()).status).toBe(401);
        for (const as of [desk, { roles: ['provider'] }, { roles: ['partner'] }, { roles: ['coordinator'] }] as const)
          expect((await call(as)).status).toBe(403);
        for (const as of [organiser, { roles: ['director'] }] as const)
          expect([400, 404]).toContain((await call(as)).status);
      },
    );
  });

  describe('a malformed draft is refused with 400, never worse', () => {
    it.each<[string, object]>([
      ['nothing at all', {}],
      ['an area that the Act does not know', { areas: ['seniorzy'] }],
      ['no area', { areas: [] }],
      ['an area twice', { areas: ['kultura', 'kultura'] }],
      ['a list for a text', { description: [] }],
      ['null for a part', { details: null }],
      ['null for a text', { place: null }],
      ['an unknown detail', { details: { colour: 'red' } }],
      ['a number for a line', { details: { edition: 2024 } }],
      ['a blank line', { details: { components: [' '] } }],
      ['a name too long to travel', { name: { pl: 'x'.repeat(501) } }],
      ['a source that is no web address', { source: { url: 'javascript:alert(1)', facts: [], inferred: [] } }],
      ['a fee rule of its own', { feeRule: 'CHEAP' }],
      ['an hour that no clock shows', { openingHours: [{ days: [1], opens: '24:00', closes: '25:00' }] }],
      ['a contact that is a script', { contact: { url: 'javascript:alert(1)' } }],
      ['a language that is none', { languages: ['polski język'] }],
    ])('%s', async (title, changes) => {
      const body = title === 'nothing at all' ? {} : { ...exampleOffer(), ...changes };
      expect((await draft(body)).status).toBe(400);
    });
  });
});
