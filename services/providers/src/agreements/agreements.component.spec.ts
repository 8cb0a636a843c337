import { type Role, roles } from '@okienko/chassis/access';
import { addDays } from '@okienko/contracts/calendar';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, gmina, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import { Agreements, director, finance, order, planning, signing } from './scenario';

jest.setTimeout(120_000);

let service: ServiceUnderTest;
let scenario: Scenario;
let agreements: Agreements;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
  agreements = new Agreements(service);
}, 120_000);
afterAll(() => service.stop());

const somewhere = async () => ({
  providerId: await scenario.registerProvider(),
  offerId: await scenario.publishOffer(),
});
const registered = async (kind: string): Promise<string> =>
  idOf(await service.http('POST', '/providers', { as: organiser, body: { kind, name: { pl: 'Dom' } } }));
const problem = (status: number, code: string) => ({ status, body: { type: expect.stringMatching(`${code}$`) } });
const pointersOf = ({ body }: Answer): string[] =>
  (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);

describe('an agreement', () => {
  it('is planned, procured, signed, and begins on its first day', async () => {
    const place = await somewhere();
    const { providerId, offerId } = place;
    const id = await agreements.signed(place, {}, { answerDays: 3, noShowPermille: 500 });
    expect(await agreements.told(id)).toEqual(['planned', 'procurement-started', 'signed', 'prices-set', 'activated']);
    const prices = await service.published('providers.agreement.prices-set.v1', id);
    expect(prices).toMatchObject({ subject: id, gmina });
    expect(prices.data).toEqual({
      providerId,
      prices: [{ offerId, unit: 'HOUR', priceGrosze: 4500, from: addDays(today, -30) }],
      noShowPermille: 500,
      funding: [],
    });
    expect(await agreements.get(id)).toEqual({
      id,
      version: 5,
      number: 'CUS.272.3.2026',
      ...planning(place),
      state: 'ACTIVE',
      selection: order,
      signedOn: today,
      conditions: { accessibility: 'Wejście bez progów', dataRole: 'PROCESSOR' },
      answerDays: 3,
      noShowPermille: 500,
      funding: [],
      services: [{ offerId, unit: 'HOUR', ceilingQuantity: null, from: null, ordered: 0, delivered: 0 }],
      orderedGrosze: 0,
      deliveredGrosze: 0,
      invoicedGrosze: 0,
      leftGrosze: 100_000_000,
      reports: [],
      amendments: [],
      suspendedFrom: null,
      endReason: null,
      settledUntil: null,
    });
  });

  it('keeps its subject and number out of events', async () => {
    const id = await agreements.signed(await somewhere(), { subject: 'Usługi dla Marii' }, { number: 'SEKRET/1' });
    const sql = 'select event::text as event from outbox where aggregate_id = $1';
    for (const { event } of await service.sql<{ event: string }>(sql, [id]))
      expect(event).not.toMatch(/Marii|SEKRET|progów/);
  });

  it('with a unit of the gmina is an assignment: no procedure, no price', async () => {
    const place = { providerId: await registered('OWN_UNIT'), offerId: await scenario.publishOffer() };
    const { ceilingGrosze: _, ...body } = { ...planning(place), selectionMode: 'OWN_UNIT' };
    const id = idOf(await service.http('POST', '/agreements', { as: organiser, body }));
    await agreements.done(id, 'signature', director, { number: 'Z/1', signedOn: today });
    expect(await agreements.get(id)).toMatchObject({ ceilingGrosze: null });
    expect((await service.http('GET', `/agreements/${id}/prices`, { as: director })).body).toEqual({ items: [] });
  });

  it('needs a provider that may be chosen so, services of the catalogue, and each of them once', async () => {
    const place = await somewhere();
    const plan = (more: object) =>
      service.http('POST', '/agreements', { as: organiser, body: { ...planning(place), ...more } });
    expect(await plan({ selectionMode: 'OWN_UNIT' })).toMatchObject(problem(422, 'selection-not-allowed'));
    expect(await plan({ providerId: uuidv7() })).toMatchObject({ status: 404 });
    const unknown = await plan({ services: [{ offerId: uuidv7(), unit: 'HOUR' }] });
    expect(unknown).toMatchObject(problem(422, 'offer-unknown'));
    const [one] = planning(place).services;
    expect(await plan({ services: [one, one] })).toMatchObject(problem(422, 'offer-unknown'));
    expect(await plan({ to: addDays(today, -31) })).toMatchObject(problem(422, 'agreement-incomplete'));
    expect(await plan({ ceilingGrosze: -1, services: [], unknown: 1 })).toMatchObject({ status: 400 });
  });

  it('is signed whole, and only after its procedure', async () => {
    const place = await somewhere();
    const id = await agreements.plan(place);
    expect(await agreements.act(id, 'signature', director, signing(place))).toMatchObject(problem(409, 'wrong-state'));
    const bare = await agreements.act(id, 'procurement', organiser, {});
    expect(pointersOf(bare)).toEqual(['/procedure', '/estimatedGrosze']);
    const light = { procedure: 'BELOW_THRESHOLD', estimatedGrosze: 17_000_000 };
    const refused = await agreements.act(id, 'procurement', organiser, light);
    expect(refused).toMatchObject({ ...problem(422, 'selection-not-allowed'), body: { basis: expect.any(String) } });
    await agreements.done(id, 'procurement', organiser, order);
    const gap = { ...signing(place), conditions: {}, prices: [{ ...signing(place).prices?.[0], from: today }] };
    const incomplete = await agreements.act(id, 'signature', director, gap);
    expect(pointersOf(incomplete)).toEqual(['/prices', '/conditions/accessibility', '/conditions/dataRole']);
    expect(await agreements.get(id)).toMatchObject({ state: 'PROCURING', version: 2 });
  });

  it('is the only one with its provider for a service at a time, also when two are signed at once', async () => {
    const place = await somewhere();
    const ids = [await agreements.plan(place), await agreements.plan(place, { from: addDays(today, 300) })];
    for (const id of ids) await agreements.done(id, 'procurement', organiser, order);
    const body = { ...signing(place), prices: [{ offerId: place.offerId, priceGrosze: 1, from: addDays(today, -30) }] };
    const later = { ...body, prices: [{ offerId: place.offerId, priceGrosze: 1, from: addDays(today, 300) }] };
    const answers = await Promise.all(
      ids.map((id, at) => agreements.act(id, 'signature', director, at === 0 ? body : later)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused).toMatchObject(problem(409, 'agreement-overlaps'));
    await agreements.signed({ ...place, providerId: await scenario.registerProvider() });
  });

  it('is suspended, resumed, ended and settled', async () => {
    const id = await agreements.signed(await somewhere());
    await agreements.done(id, 'suspension', director, { reasonCode: 'QUALITY' });
    expect(await agreements.get(id)).toMatchObject({ state: 'SUSPENDED', suspendedFrom: today });
    await agreements.done(id, 'resumption', director);
    await agreements.done(id, 'end', director, { reasonCode: 'BREACH' });
    expect(await agreements.get(id)).toMatchObject({ state: 'ENDED', to: today, endReason: 'BREACH' });
    await agreements.done(id, 'settled', finance);
    expect((await agreements.told(id)).slice(5)).toEqual(['suspended', 'resumed', 'ended', 'settled']);
  });

  it('is given up while it is not signed', async () => {
    const id = await agreements.plan(await somewhere());
    const once = { ifMatch: 1, key: `cancel-${id}` };
    for (let sent = 0; sent < 2; sent += 1) {
      const answer = await agreements.act(id, 'cancellation', organiser, { reasonCode: 'NO_OFFERS' }, once);
      expect(answer).toMatchObject({ status: 200, body: { id, version: 2 } });
    }
    expect(await agreements.act(id, 'procurement', organiser, order)).toMatchObject(problem(409, 'wrong-state'));
    const signed = await agreements.signed(await somewhere());
    const refused = await agreements.act(signed, 'cancellation', director, { reasonCode: 'OTHER' });
    expect(refused).toMatchObject(problem(409, 'wrong-state'));
  });

  it('of a public task is settled once the organisation has reported', async () => {
    const place = await somewhere();
    const id = await agreements.plan(place, { selectionMode: 'NGO_OPEN_COMPETITION' });
    const notice = { form: 'ENTRUST', announcedOn: addDays(today, -60), offersUntil: addDays(today, -39) };
    await agreements.done(id, 'procurement', organiser, notice);
    await agreements.done(id, 'signature', director, signing(place));
    await agreements.done(id, 'end', director, { reasonCode: 'AGREED' });
    const dueOn = addDays(today, 30);
    expect((await agreements.get(id)).reports).toEqual([{ kind: 'FINAL', dueOn, receivedOn: null }]);
    expect(pointersOf(await agreements.act(id, 'settled', finance))).toEqual(['/reports']);
    await agreements.done(id, 'reports', finance, { dueOn, receivedOn: today });
    await agreements.done(id, 'settled', finance);
    expect(await agreements.told(id)).toContain('report-received');
  });
});

describe('small grants of one organisation', () => {
  const inYear = (year: number, offerId: string) => ({
    selectionMode: 'NGO_SMALL_GRANT' as const,
    from: `${year}-05-01`,
    to: `${year}-06-30`,
    services: [{ offerId, unit: 'FLAT_SUM' as const }],
    ceilingGrosze: 10_000_00,
  });
  const prepared = async (providerId: string, year: number, ceilingGrosze = 10_000_00): Promise<string> => {
    const place = { providerId, offerId: await scenario.publishOffer() };
    const id = await agreements.plan(place, { ...inYear(year, place.offerId), ceilingGrosze });
    await agreements.done(id, 'procurement', organiser, { offerFiledOn: today });
    return id;
  };
  const sign = (id: string) =>
    agreements.act(id, 'signature', director, { ...signing({ offerId: uuidv7() }), prices: [] });
  const refused = {
    ...problem(422, 'selection-not-allowed'),
    body: { basis: 'Public Benefit Act art. 19a(6)', detail: expect.stringContaining('2000000 gr') },
  };

  it('come to no more than the law lets in a year, however many are signed at once', async () => {
    const providerId = await scenario.registerProvider();
    const year = Number(today.slice(0, 4)) + 1;
    const ids = await Promise.all([1, 2, 3, 4].map(() => prepared(providerId, year)));
    const answers = await Promise.all(ids.map((id) => sign(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 422, 422]);
    for (const answer of answers.filter(({ status }) => status === 422)) expect(answer).toMatchObject(refused);
    expect(await sign(await prepared(providerId, year + 1))).toMatchObject({ status: 200 });
    expect(await sign(await prepared(await scenario.registerProvider(), year))).toMatchObject({ status: 200 });
  });

  it('are not raised above it by an amendment', async () => {
    const providerId = await scenario.registerProvider();
    const year = Number(today.slice(0, 4)) + 1;
    const ids = [await prepared(providerId, year, 10_000_00), await prepared(providerId, year, 6_000_00)];
    for (const id of [...ids, await prepared(providerId, year, 3_000_00)])
      expect(await sign(id)).toMatchObject({ status: 200 });
    const raise = (ceilingGrosze: number) => {
      const aneks = { number: 'Aneks 1', signedOn: today, from: `${year}-05-01`, ceilingGrosze };
      return agreements.act(ids[1] ?? '', 'amendments', director, aneks);
    };
    expect(await raise(7_000_01)).toMatchObject(refused);
    expect(await raise(7_000_00)).toMatchObject({ status: 200 });
  });
});

describe('an amendment', () => {
  const aneks = { number: 'Aneks 1', signedOn: today, from: addDays(today, 10) };

  it('changes a price from a day on, and keeps what was before', async () => {
    const place = await somewhere();
    const id = await agreements.signed(place);
    const prices = [{ offerId: place.offerId, priceGrosze: 4900 }];
    await agreements.done(id, 'amendments', director, { ...aneks, prices });
    const { body } = await service.http('GET', `/agreements/${id}/prices`, { as: account(place.providerId) });
    expect(body).toEqual({
      items: [
        { offerId: place.offerId, unit: 'HOUR', priceGrosze: 4500, from: addDays(today, -30), to: addDays(today, 9) },
        { offerId: place.offerId, unit: 'HOUR', priceGrosze: 4900, from: addDays(today, 10), to: null },
      ],
    });
    expect((await agreements.get(id)).amendments).toMatchObject([{ ...aneks, changes: { prices }, before: {} }]);
  });

  it('never reaches into a settled month', async () => {
    const id = await agreements.signed(await somewhere());
    await service.sql('update agreement set settled_until = $2 where id = $1', [id, addDays(today, 10)]);
    const refused = await agreements.act(id, 'amendments', director, { ...aneks, answerDays: 1 });
    expect(refused).toMatchObject(problem(409, 'month-settled'));
  });

  it('leaves room for the orders under way', async () => {
    const place = await scenario.places(5);
    const id = await agreements.signed(place);
    await scenario.acceptedOrder(place);
    const amend = (more: object) => agreements.act(id, 'amendments', director, { ...aneks, ...more });
    expect(await amend({ ceilingGrosze: 44_999 })).toMatchObject(problem(409, 'ceiling-too-low'));
    const services = [{ offerId: place.offerId, unit: 'HOUR', ceilingQuantity: 9 }];
    expect(await amend({ services })).toMatchObject(problem(409, 'ceiling-too-low'));
    expect(pointersOf(await amend({ to: addDays(today, 19) }))).toEqual(['/to']);
    expect(await amend({ ceilingGrosze: 45_000, to: addDays(today, 20) })).toMatchObject({ status: 200 });
    const dearer = [{ offerId: place.offerId, priceGrosze: 4501 }];
    expect(await amend({ prices: dearer })).toMatchObject(problem(409, 'ceiling-too-low'));
    expect(await agreements.get(id)).toMatchObject({ ceilingGrosze: 45_000, orderedGrosze: 45_000 });
  });

  it('cannot stand beside another agreement for the same service', async () => {
    const place = await somewhere();
    const id = await agreements.signed(place, { to: addDays(today, 30) });
    const from = addDays(today, 31);
    await agreements.signed(place, { from });
    const refused = await agreements.act(id, 'amendments', director, { ...aneks, to: from });
    expect(refused).toMatchObject(problem(409, 'agreement-overlaps'));
  });
});

describe('safety of the acts', () => {
  it('each happens once under one Idempotency-Key, and needs the version that was seen', async () => {
    const place = await somewhere();
    const body = planning(place);
    const plan = () => service.http('POST', '/agreements', { as: organiser, body, key: 'plan-once' });
    const id = idOf(await plan());
    expect(await plan()).toMatchObject({ status: 201, body: { id } });
    const acts: [name: string, as: object, body: object][] = [
      ['procurement', organiser, order],
      ['signature', director, { ...signing(place), reportDates: [addDays(today, 60)] }],
      ['amendments', director, { number: 'Aneks 1', signedOn: today, from: today, answerDays: 2 }],
      ['suspension', director, { reasonCode: 'QUALITY' }],
      ['resumption', director, {}],
      ['reports', finance, { dueOn: addDays(today, 60), receivedOn: today }],
      ['end', director, { reasonCode: 'BREACH' }],
      ['settled', finance, {}],
    ];
    for (const [name, as, content] of acts) {
      expect(await agreements.act(id, name, as, content, { ifMatch: 99 })).toMatchObject({ status: 412 });
      const headers = { 'If-Match': '' };
      expect((await agreements.act(id, name, as, content, { headers })).status).toBe(400);
      const { version } = await agreements.get(id);
      const once = { ifMatch: version, key: `once-${name}` };
      const first = await agreements.act(id, name, as, content, once);
      expect([name, first]).toMatchObject([name, { status: 200 }]);
      expect(await agreements.act(id, name, as, content, once)).toMatchObject({ status: 200, body: first.body });
    }
    expect(await agreements.told(id)).toEqual([
      ...['planned', 'procurement-started', 'signed', 'prices-set', 'activated', 'amended'],
      ...['suspended', 'resumed', 'report-received', 'ended', 'settled'],
    ]);
  });

  it.each<[string, readonly Role[]]>([
    ['', ['services-organiser']],
    ['procurement', ['services-organiser']],
    ['signature', ['director']],
    ['amendments', ['director']],
    ['suspension', ['director']],
    ['resumption', ['director']],
    ['end', ['director']],
    ['cancellation', ['services-organiser', 'director']],
    ['reports', ['services-organiser', 'finance']],
    ['settled', ['finance']],
  ])('POST /agreements/{id}/%s is for %j alone, and for no provider with their role', async (name, allowed) => {
    const place = await somewhere();
    const path = name === '' ? '/agreements' : `/agreements/${await agreements.plan(place)}/${name}`;
    const statusFor = async (as: object): Promise<number> =>
      (await service.http('POST', path, { as, body: {}, ifMatch: 1 })).status;
    for (const role of roles)
      expect([role, (await statusFor({ sub: 'x', roles: [role] })) === 403]).toEqual([role, !allowed.includes(role)]);
    const bodies: Record<string, object> = {
      '': planning(place),
      signature: signing(place),
      reports: { dueOn: today, receivedOn: today },
    };
    const amendment = { number: '1', signedOn: today, from: today };
    const body = bodies[name] ?? (name === 'amendments' ? amendment : { reasonCode: 'X' });
    const content = name === 'procurement' ? order : ['resumption', 'settled'].includes(name) ? {} : body;
    const as = { ...account(place.providerId), roles: ['provider' as const, ...allowed] };
    const refused = await service.http('POST', path, { as, body: content, ifMatch: 1 });
    expect(refused).toMatchObject(problem(403, 'reserved-for-centre'));
  });
});

describe('reading agreements', () => {
  it('a provider account sees its own, and no other', async () => {
    const [own, other] = [await somewhere(), await somewhere()];
    const [id, hidden] = [await agreements.signed(own), await agreements.signed(other)];
    const as = account(own.providerId);
    for (const path of ['', '/prices', '/forecast']) {
      expect((await service.http('GET', `/agreements/${id}${path}`, { as })).status).toBe(200);
      expect((await service.http('GET', `/agreements/${hidden}${path}`, { as })).status).toBe(404);
      expect((await service.http('GET', `/agreements/${id}${path}`, { as: coordinator })).status).toBe(200);
      const partner = { sub: 'x', roles: ['partner'] as const };
      expect((await service.http('GET', `/agreements/${id}${path}`, { as: partner })).status).toBe(403);
    }
    const { body } = await service.http<{ items: { id: string }[] }>('GET', '/agreements?limit=200', { as });
    expect(body.items.map((one) => one.id)).toEqual([id]);
  });

  it('lists them by state, provider and service', async () => {
    const place = await somewhere();
    const [signed, planned] = [await agreements.signed(place), await agreements.plan(place)];
    const list = async (query: string): Promise<string[]> => {
      const { body } = await service.http<{ items: { id: string }[] }>('GET', `/agreements?${query}`, { as: finance });
      return body.items.map(({ id }) => id);
    };
    expect(await list(`providerId=${place.providerId}`)).toEqual([signed, planned]);
    expect(await list(`offerId=${place.offerId}&state=PLANNED`)).toEqual([planned]);
    expect(await list(`offerId=${uuidv7()}`)).toEqual([]);
  });
});
