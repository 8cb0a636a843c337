import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Changed } from '@okienko/chassis/http';
import type { EventName } from '@okienko/contracts/event';
import { type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { catalogueService } from '../service';
import { exampleProgramme } from './programme-example';

const organiser = { sub: 'organiser-ewa', roles: ['services-organiser'] } as const;
const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
const provider = { sub: 'provider-jan', roles: ['provider'], providerId: randomUUID() } as const;

const acts = {
  consultation: { from: '2026-01-05', to: '2026-01-20' },
  adoption: { resolutionNumber: 'XXVIII/214/2026', adoptedOn: '2026-02-01' },
  'journal-publication': { journalReference: 'Dz. Urz. Woj. 2026 poz. 1', publishedOn: '2026-02-10' },
  end: { endedOn: '2026-03-01' },
} as const;
type Act = keyof typeof acts;

describe('programmes over HTTP', () => {
  let service: ServiceUnderTest;
  let now = new Date('2026-03-10T12:00:00Z');
  beforeAll(async () => {
    service = await startForTest(catalogueService, {}, { now: () => now });
  }, 60_000);
  afterAll(() => service.stop());
  beforeEach(() => {
    now = new Date('2026-03-10T12:00:00Z');
  });

  const draft = (body: object = exampleProgramme(), call: Call = {}) =>
    service.http<Changed>('POST', '/programmes', { as: organiser, body, ...call });
  const act = (id: string, name: Act, ifMatch: number, call: Call = {}) =>
    service.http<Changed>('POST', `/programmes/${id}/${name}`, { as: organiser, body: acts[name], ifMatch, ...call });
  const after = async (names: readonly Act[], changes = {}): Promise<Changed> => {
    let { body } = await draft(exampleProgramme(changes));
    for (const name of names) ({ body } = await act(body.id, name, body.version));
    return body;
  };
  const eventsAbout = (id: string): Promise<{ aggregate_type: string; sequence: number }[]> =>
    service.sql('select aggregate_type, sequence from outbox where aggregate_id = $1 order by sequence', [id]);
  const told = async (name: EventName, id: string): Promise<unknown> => {
    const { data, sequence, gmina } = await service.published(name, id);
    return { data, sequence: Number(sequence), gmina };
  };
  const problem = ({ status, body }: { status: number; body: object }): unknown => {
    const { type, basis } = body as { type: string; basis?: string };
    return [status, type.split('/').at(-1), ...(basis === undefined ? [] : [basis])];
  };

  it('go from draft to end, each act once, each with its event', async () => {
    const ended = await after(['consultation', 'adoption', 'journal-publication', 'end']);
    expect(ended.version).toBe(6);
    const { id } = ended;
    const { terc, validFrom, validTo, dataScope } = exampleProgramme();
    const publication = { ...acts['journal-publication'], inForceFrom: '2026-02-24' };
    const gmina = terc;
    expect(await told('catalogue.programme.drafted.v1', id)).toEqual({
      data: { terc, validFrom, validTo },
      sequence: 1,
      gmina,
    });
    expect(await told('catalogue.programme.consulted.v1', id)).toEqual({
      data: { ...acts.consultation, programmeVersion: 1 },
      sequence: 2,
      gmina,
    });
    expect(await told('catalogue.programme.adopted.v1', id)).toEqual({
      data: { ...acts.adoption, programmeVersion: 1 },
      sequence: 3,
      gmina,
    });
    expect(await told('catalogue.programme.published.v1', id)).toEqual({
      data: { ...publication, programmeVersion: 1 },
      sequence: 4,
      gmina,
    });
    const services = [{ serviceCode: 'teleopieka', expectedPersons: 20, queueRule: 'FILING_TIME' }];
    const fee = { rule: 'FREE' };
    const facts = { programmeVersion: 1, terc, inForceFrom: '2026-02-24', validFrom, validTo, expectedPersons: 30 };
    expect(await told('catalogue.programme.entered-into-force.v1', id)).toEqual({
      data: { ...facts, fee, services, dataScope },
      sequence: 5,
      gmina,
    });
    expect(await told('catalogue.programme.ended.v1', id)).toEqual({ data: acts.end, sequence: 6, gmina });
    const { body } = await service.http('GET', `/programmes/${id}`);
    expect(body).toEqual({
      ...exampleProgramme(),
      id,
      version: 6,
      programmeVersion: 1,
      state: 'ENDED',
      consultation: acts.consultation,
      adoption: acts.adoption,
      journalPublication: publication,
      endedOn: '2026-03-01',
      closingInformation: { dueOn: '2026-07-01' },
    });
  });

  it('are adopted without consultation, but not while an element of art. 5(3) is missing', async () => {
    const { indicators: _, budgetLines: __, ...body } = exampleProgramme();
    const incomplete = await draft(body);
    expect(incomplete.status).toBe(201);
    expect(problem(await act(incomplete.body.id, 'adoption', 1))).toEqual([
      422,
      'programme-incomplete',
      'art. 5 ust. 3 pkt 11, 12',
    ]);
    expect(await eventsAbout(incomplete.body.id)).toHaveLength(1);
    const [complete] = [await draft()];
    expect((await act(complete.body.id, 'adoption', 1)).status).toBe(200);
  });

  it('are refused when funding shares do not make exactly 100', async () => {
    const [line] = exampleProgramme().budgetLines!;
    const budgetLines = [{ ...line, fundingShares: [{ source: 'EFS', percent: 99.99 }] }];
    expect(problem(await draft({ ...exampleProgramme(), budgetLines }))).toEqual([
      422,
      'funding-shares-not-whole',
      'art. 5 ust. 3 pkt 12',
    ]);
  });

  it('enter into force and end by the calendar, by Polish days, and no sooner', async () => {
    const { id } = await after(['adoption', 'journal-publication'], { validFrom: '2026-04-01', validTo: '2026-04-30' });
    const reaches = (state: string): Promise<void> =>
      service.eventually(async () =>
        expect((await service.http<{ state: string }>('GET', `/programmes/${id}`)).body.state).toBe(state),
      );
    now = new Date('2026-03-31T21:59:00Z'); // 23:59 of 31 March in Poland
    await pause(6000);
    await reaches('PUBLISHED_IN_JOURNAL');
    now = new Date('2026-03-31T22:01:00Z'); // 00:01 of 1 April in Poland
    await reaches('IN_FORCE');
    expect(problem(await act(id, 'end', 4, { body: { endedOn: '2026-03-31' } }))).toEqual([
      422,
      'outside-programme-period',
      'art. 5 ust. 3 pkt 2',
    ]);
    now = new Date('2026-05-08T10:00:00Z');
    await reaches('ENDED');
    expect(await told('catalogue.programme.ended.v1', id)).toMatchObject({ data: { endedOn: '2026-04-30' } });
    expect(await eventsAbout(id)).toHaveLength(5);
  }, 60_000);

  it('are amended while they are in force, and keep every edition', async () => {
    const { id, version } = await after(['adoption', 'journal-publication']);
    const body = exampleProgramme({ expectedPersons: 60 });
    const amendment = await service.http<Changed>('POST', `/programmes/${id}/amendment`, {
      as: organiser,
      body,
      ifMatch: version,
    });
    expect([amendment.status, amendment.body.version]).toEqual([200, version + 1]);
    const editions = async (as?: Call['as']): Promise<unknown> =>
      (
        await service.http<{ items: { programmeVersion: number; state: string; expectedPersons: number }[] }>(
          'GET',
          `/programmes/${id}/editions`,
          as ? { as } : {},
        )
      ).body.items.map((edition) => [edition.programmeVersion, edition.state, edition.expectedPersons]);
    const current = async (as?: Call['as']): Promise<object> =>
      (await service.http<object>('GET', `/programmes/${id}`, as ? { as } : {})).body;
    expect([await editions(), await editions(desk)]).toEqual([
      [[1, 'IN_FORCE', 30]],
      [
        [1, 'IN_FORCE', 30],
        [2, 'DRAFT', 60],
      ],
    ]);
    expect([await current(), await current(desk)]).toMatchObject([{ programmeVersion: 1 }, { amendment: 2 }]);
    expect(await current()).not.toHaveProperty('amendment');
    const adopted = await act(id, 'adoption', version + 1);
    await act(id, 'journal-publication', adopted.body.version);
    expect(await editions()).toEqual([
      [1, 'SUPERSEDED', 30],
      [2, 'IN_FORCE', 60],
    ]);
    const { data } = await service.published('catalogue.programme.amended.v1', id);
    expect(data).toEqual({ programmeVersion: 2, inForceFrom: '2026-02-24' });
    expect((await eventsAbout(id)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('explain who would qualify, and point at other programmes that say something else', async () => {
    const [teleopieka] = exampleProgramme().services;
    const criteria = [
      { anyOf: [{ allOf: [{ kind: 'AGE', from: 75 }] }, { allOf: [{ kind: 'STATEMENT', code: 'ILL' }] }] },
    ];
    const statements = [{ code: 'ILL', name: { pl: 'stan zdrowia wymaga stałego monitorowania' } }];
    const terc = '1419142';
    const made = await draft(exampleProgramme({ terc, services: [{ ...teleopieka!, criteria }], statements }));
    const { id } = made.body;
    const trial = (facts: object, call: Call = { as: organiser }) =>
      service.http<{ outcome: string; requirements: unknown }>('POST', `/programmes/${id}/criteria/trial`, {
        body: { serviceCode: 'teleopieka', ...facts },
        ...call,
      });
    const { status, body } = await trial({ birthDate: '1951-03-11' });
    expect([status, body]).toEqual([
      200,
      {
        outcome: 'UNKNOWN',
        requirements: [
          {
            outcome: 'UNKNOWN',
            anyOf: [
              {
                outcome: 'UNMET',
                allOf: [
                  { kind: 'AGE', outcome: 'UNMET', says: 'wiek: co najmniej 75 lat', finding: 'ukończone 74 lata' },
                ],
              },
              {
                outcome: 'UNKNOWN',
                allOf: [
                  {
                    kind: 'STATEMENT',
                    outcome: 'UNKNOWN',
                    says: 'oświadczenie: stan zdrowia wymaga stałego monitorowania',
                    finding: 'nie złożono oświadczenia',
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
    expect((await trial({ birthDate: '1951-03-10' })).body.outcome).toBe('MET');
    expect((await trial({ statements: [{ code: 'ILL', holds: false }], birthDate: '2000-01-01' })).body.outcome).toBe(
      'UNMET',
    );
    expect((await trial({}, {})).status).toBe(404);
    expect((await trial({ name: 'Jan' })).status).toBe(400);
    expect((await trial({ serviceCode: 'taxi' })).status).toBe(404);
    expect(await eventsAbout(id)).toHaveLength(1);

    const other = await draft(exampleProgramme({ terc, fee: { rule: 'FLAT' } }));
    const conflicts = await service.http('GET', `/programmes/${id}/conflicts`, { as: organiser });
    expect(conflicts.body).toEqual({
      items: [{ programmeId: other.body.id, serviceCode: 'teleopieka', differsIn: ['fee', 'criteria'] }],
    });
    const faulty = exampleProgramme({ services: [{ ...teleopieka!, criteria }] });
    expect(problem(await draft(faulty))).toEqual([422, 'criteria-faulty', 'art. 5 ust. 3 pkt 6']);
  });

  it('explain what somebody would pay, by the fee of the service or else of the programme', async () => {
    const [teleopieka] = exampleProgramme().services;
    const name = { pl: 'osoby 75+' };
    const criteria = [{ anyOf: [{ allOf: [{ kind: 'AGE', from: 75 }] }] }];
    const fee = {
      rule: 'TABLE_BY_INCOME' as const,
      tables: [
        {
          validFrom: '2021-01-01',
          costGrosze: 2400,
          unit: 'HOUR',
          basis: 'CRITERION_PERCENT' as const,
          rows: [
            { upTo: 100, singlePercent: 0, familyPercent: 0 },
            { singlePercent: 12.5, familyPercent: 50 },
          ],
        },
      ],
      reliefs: [{ code: 'OLD', name, percent: 50, criteria }],
    };
    const services = [teleopieka!, { ...teleopieka!, serviceCode: 'opieka', fee }];
    const dataScope = ['IDENTITY', 'AGE', 'INCOME', 'HOUSEHOLD'] as const;
    const { body: made } = await draft(exampleProgramme({ services, dataScope }));
    const trial = (body: object, call: Call = { as: desk }) =>
      service.http<{ outcome: string; steps: string[] }>('POST', `/programmes/${made.id}/fee/trial`, { body, ...call });
    const { status, body } = await trial({
      serviceCode: 'opieka',
      household: [],
      incomePerPersonGrosze: 202_000,
      birthDate: '1951-03-10',
      quantity: 20,
    });
    expect([status, { ...body, steps: body.steps.map((step) => step.replaceAll('\u00a0', ' ')) }]).toEqual([
      200,
      {
        outcome: 'KNOWN',
        currency: 'PLN',
        per: 'HOUR',
        amount: { leastGrosze: 150, mostGrosze: 150 },
        total: { leastGrosze: 3000, mostGrosze: 3000 },
        reliefs: [
          {
            code: 'OLD',
            percent: 50,
            outcome: 'MET',
            requirements: [
              {
                outcome: 'MET',
                anyOf: [
                  {
                    outcome: 'MET',
                    allOf: [
                      { kind: 'AGE', outcome: 'MET', says: 'wiek: co najmniej 75 lat', finding: 'ukończone 75 lat' },
                    ],
                  },
                ],
              },
            ],
          },
        ],
        steps: [
          'Koszt: 1 godzina – 24,00 zł. Płaci się jego część, zależnie od dochodu na osobę.',
          'Dochód na osobę: 2020,00 zł, to 200% kryterium dochodowego osoby samotnie gospodarującej (1010,00 zł).',
          'Część kosztu według tabeli: 12,5%.',
          'Ulga 50% – osoby 75+: przysługuje.',
          'Do zapłaty: 1,50 zł (1 godzina).',
          'Razem za 20: 30,00 zł.',
        ],
      },
    ]);
    expect((await trial({ serviceCode: 'opieka' })).body).toMatchObject({
      outcome: 'UNKNOWN',
      amount: { leastGrosze: 0, mostGrosze: 1200 },
    });
    expect((await trial({ serviceCode: 'teleopieka' })).body).toMatchObject({
      outcome: 'KNOWN',
      amount: { leastGrosze: 0, mostGrosze: 0 },
      reliefs: [],
    });
    expect((await trial({ serviceCode: 'taxi' })).status).toBe(404);
    expect((await trial({ serviceCode: 'opieka' }, {})).status).toBe(404);
    expect((await trial({ serviceCode: 'opieka', incomePerPersonGrosze: -1 })).status).toBe(400);
    expect((await trial({ serviceCode: 'opieka', income: 1 })).status).toBe(400);
    expect(await eventsAbout(made.id)).toHaveLength(1);
    const { body: stored } = await service.http<{ services: object[] }>('GET', `/programmes/${made.id}`, { as: desk });
    expect(stored.services).toEqual(services);
    const gap = { ...fee, tables: [{ ...fee.tables[0], rows: [{ upTo: 100, singlePercent: 0, familyPercent: 0 }] }] };
    expect(problem(await draft({ ...exampleProgramme(), fee: gap }))).toEqual([
      422,
      'fee-faulty',
      'art. 5 ust. 3 pkt 7',
    ]);
  });

  it('are not adopted while they ask for data that their scope does not list (art. 5(3)(9))', async () => {
    const evidence = [{ code: 'DISABILITY_CERTIFICATE', name: { pl: 'Orzeczenie' } }];
    const { body: narrow } = await draft(exampleProgramme({ evidence, dataScope: ['IDENTITY', 'PESEL'] }));
    const refused = await act(narrow.id, 'adoption', 1);
    expect([problem(refused), refused.body]).toEqual([
      [422, 'outside-data-scope', 'art. 5 ust. 3 pkt 9'],
      expect.objectContaining({ detail: expect.stringContaining('DISABILITY (DISABILITY_CERTIFICATE)') as string }),
    ]);
    expect(await eventsAbout(narrow.id)).toHaveLength(1);
    const { body: wide } = await draft(exampleProgramme({ evidence, dataScope: ['IDENTITY', 'HEALTH'] }));
    expect((await act(wide.id, 'adoption', 1)).status).toBe(200);
  });

  it('refuse an act out of turn (409), on a stale version (412), without a version (428)', async () => {
    const { id } = await after([]);
    expect(problem(await act(id, 'journal-publication', 1))).toEqual([409, 'wrong-state']);
    expect(problem(await act(id, 'adoption', 7))).toEqual([412, 'stale-version']);
    const { status } = await service.http('POST', `/programmes/${id}/adoption`, { as: organiser, body: acts.adoption });
    expect(status).toBe(428);
    expect(await eventsAbout(id)).toHaveLength(1);
  });

  it('answer a repeated key with the same answer and one event, and refuse it for another body', async () => {
    const key = randomUUID();
    const [first, second] = [await draft(undefined, { key }), await draft(undefined, { key })];
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(await eventsAbout(first.body.id)).toHaveLength(1);
    expect(problem(await draft(exampleProgramme({ expectedPersons: 31 }), { key }))).toEqual([
      422,
      'idempotency-key-reused',
    ]);
    expect((await draft(undefined, { key: null })).status).toBe(400);
  });

  it('let only one of two simultaneous acts on the same version through', async () => {
    const { id } = await after([]);
    const answers = await Promise.all([act(id, 'adoption', 1), act(id, 'adoption', 1), act(id, 'adoption', 1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect(await eventsAbout(id)).toHaveLength(2);
  });

  it('are shown to everyone from adoption on, and before that to staff only', async () => {
    const { id } = await after([]);
    const seenBy = async (as?: Call['as']): Promise<unknown> => {
      const call = as ? { as } : {};
      const got = await service.http('GET', `/programmes/${id}`, call);
      const { body } = await service.http<{ items: { id: string }[] }>('GET', '/programmes?limit=200', call);
      return [got.status, body.items.some((item) => item.id === id)];
    };
    expect([await seenBy(), await seenBy(provider), await seenBy(desk)]).toEqual([
      [404, false],
      [404, false],
      [200, true],
    ]);
    await act(id, 'adoption', 1);
    expect([await seenBy(), await seenBy(provider), await seenBy(desk)]).toEqual([
      [200, true],
      [200, true],
      [200, true],
    ]);
  });

  it('have the version as a tag for those who act on them, and a tag of the content for everyone', async () => {
    const { id } = await after(['adoption']);
    const read = (known: string, as?: Call['as']) =>
      service.http('GET', `/programmes/${id}`, { headers: { 'If-None-Match': known }, ...(as ? { as } : {}) });
    const seen = await read('', organiser);
    expect([seen.headers.get('etag'), seen.headers.get('cache-control')]).toEqual(['"2"', 'private, no-store']);
    const tag = (await read('')).headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\//);
    expect([(await read(tag)).status, (await read('"2"')).status]).toEqual([304, 200]);
  });

  it('are listed for one gmina', async () => {
    const { id } = await after(['adoption'], { terc: '2607011' });
    const { body } = await service.http<{ items: { id: string }[] }>('GET', '/programmes?terc=2607011');
    expect(body.items.map((item) => item.id)).toEqual([id]);
  });

  describe('who may act', () => {
    const routes = ['', ...Object.keys(acts).map((name) => `/${randomUUID()}/${name}`)];

    it.each(routes)('POST /programmes%s is for the services organiser and the director', async (route) => {
      const call = (as?: Call['as']) =>
        service.http('POST', `/programmes${route}`, { ...(as ? { as } : {}), body: {}, ifMatch: 1 });
      expect((await call()).status).toBe(401);
      for (const as of [desk, provider, { roles: ['coordinator'] }, { roles: ['finance'] }] as const)
        expect((await call(as)).status).toBe(403);
      for (const as of [organiser, { roles: ['director'] }] as const)
        expect([400, 404]).toContain((await call(as)).status);
    });
  });

  describe('a malformed draft is refused with 400, never worse', () => {
    const content = exampleProgramme();
    const [offered] = content.services;
    const [line] = content.budgetLines!;
    it.each<[string, object]>([
      ['nothing at all', {}],
      ['an unknown property', { ...content, price: 1 }],
      ['a list for a text', { ...content, name: [] }],
      ['null for an element', { ...content, stages: null }],
      ['null in a list', { ...content, stages: [null] }],
      ['a list in a list', { ...content, services: [[]] }],
      ['a text without Polish', { ...content, aim: { en: 'aim' } }],
      ['a day that does not exist', { ...content, validTo: '2026-02-30' }],
      ['a TERC that is none', { ...content, terc: '28610' }],
      ['no service', { ...content, services: [] }],
      ['a service code with capitals', { ...content, services: [{ ...offered, serviceCode: 'Teleopieka' }] }],
      ['more persons than an integer holds', { ...content, expectedPersons: 2 ** 31 }],
      ['a fraction of a grosz', { ...content, budgetLines: [{ ...line, plannedGrosze: 0.5 }] }],
      [
        'a share with three decimals',
        { ...content, budgetLines: [{ ...line, fundingShares: [{ source: 'X', percent: 100.001 }] }] },
      ],
      [
        'a share that is nearly nothing',
        { ...content, budgetLines: [{ ...line, fundingShares: [{ source: 'X', percent: 1e-7 }] }] },
      ],
      ['a data category in lower case', { ...content, dataScope: ['health'] }],
      ['a data category that nobody knows', { ...content, dataScope: ['HOROSCOPE'] }],
      ['a fee of half a grosz', { ...content, fee: { rule: 'FLAT', grosze: 0.5, per: 'ONCE' } }],
      [
        'a relief of more than everything',
        { ...content, fee: { rule: 'FREE', reliefs: [{ code: 'A', name: { pl: 'A' }, percent: 101 }] } },
      ],
      [
        'a table without rows',
        {
          ...content,
          fee: {
            rule: 'TABLE_BY_INCOME',
            tables: [{ validFrom: '2021-01-01', costGrosze: 1, unit: 'HOUR', basis: 'GROSZE', rows: [] }],
          },
        },
      ],
      ['criteria without a list', { ...content, services: [{ ...offered, criteria: {} }] }],
      ['a condition of no kind', { ...content, services: [{ ...offered, criteria: [{ anyOf: [{ allOf: [{}] }] }] }] }],
    ])('%s', async (_, body) => {
      expect((await draft(body)).status).toBe(400);
    });
  });
});
