import { randomBytes } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import { addDays } from '@okienko/contracts/calendar';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let day = today;
const clock = { now: () => new Date(`${day}T12:00:00Z`) };
let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService, { MASTER_KEY: randomBytes(32).toString('base64') }, clock);
  scenario = new Scenario(service);
});
afterEach(() => (day = today));
afterAll(() => service.stop());

const ngo = { kind: 'NGO', name: { pl: 'Fundacja Blisko' } };
const club = { name: 'Klub Seniora', address: 'ul. Winna 9, Elbląg', latitude: 54.1561, longitude: 19.4045 };
const register = (body: object, key?: string) =>
  service.http('POST', '/providers', { as: organiser, body, ...(key && { key }) });
const act = (
  id: string,
  path: string,
  ifMatch: number,
  body?: object,
  as: Partial<Principal> = organiser,
  key?: string,
) => service.http('POST', `/providers/${id}/${path}`, { as, ifMatch, ...(body && { body }), ...(key && { key }) });
const see = async (id: string) => (await service.http('GET', `/providers/${id}`, { as: coordinator })).body;
const pointersOf = ({ body }: Answer) =>
  (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
const rows = async (table: string) => (await service.sql(`select 1 from ${table}`, [])).length;

describe('a small body', () => {
  it('is registered in one call, with its places, services and what it offers there', async () => {
    const offerId = await scenario.publishOffer();
    const permits = [{ code: 'DAY_CARE', number: 'WPS.12.2026', from: today }];
    const body = {
      ...ngo,
      nip: '7740001454',
      services: [{ offerId }, { code: 'teleopieka' }],
      permits,
      places: [
        { ...club, accessibility: ['STEP_FREE'] },
        { name: 'Biuro', address: 'ul. Inna 1, Elbląg' },
      ],
      capacities: [{ offerId, places: 4, from: today, to: addDays(today, 90) }],
    };
    const answer = await register(body, 'whole');
    const id = idOf(answer);
    const { placeIds, capacityIds } = answer.body as { placeIds: string[]; capacityIds: string[] };
    expect(await register(body, 'whole')).toMatchObject({ status: 201, body: answer.body });
    expect(await see(id)).toMatchObject({
      version: 1,
      services: body.services,
      permits,
      verification: 'UNVERIFIED',
      verdict: null,
      verifiedUntil: null,
      deactivation: null,
    });
    const places = await service.http('GET', `/places?providerId=${id}`, { as: account(id) });
    expect(places.body).toMatchObject({
      items: [
        { id: placeIds[0], ...club },
        { id: placeIds[1], latitude: null },
      ],
    });
    const capacities = await service.http('GET', `/capacities?providerId=${id}`, { as: account(id) });
    expect(capacities.body).toMatchObject({ items: [{ id: capacityIds[0], places: 4, free: 4 }] });
    expect((await service.published('providers.place.registered.v1', placeIds[0])).data).toEqual({
      providerId: id,
      accessibility: ['STEP_FREE'],
    });
    const performing = await service.http('GET', `/providers?offerId=${offerId}`, { as: coordinator });
    expect(performing.body).toMatchObject({ items: [{ id }] });
  });

  it('is told everything that is wrong, each fault with its place, and nothing is written', async () => {
    const offerId = await scenario.publishOffer();
    const before = [await rows('provider'), await rows('place'), await rows('capacity'), await rows('outbox')];
    const answer = await register({
      ...ngo,
      services: [{ offerId }, { offerId: uuidv7() }],
      places: [club, { name: 'Biuro', address: 'ul. Inna 1', latitude: 54 }],
      capacities: [
        { offerId, places: 2, from: today, to: today },
        { offerId, places: 2, from: today, to: today },
        { offerId, places: 2, from: today, to: addDays(today, -1) },
        { offerId: uuidv7(), places: 2, from: today, to: today },
      ],
    });
    expect(answer).toMatchObject({ status: 422, body: { type: expect.stringMatching(/entry-faulty$/) } });
    expect(pointersOf(answer)).toEqual([
      '/services/1/offerId',
      '/places/1',
      '/capacities/1',
      '/capacities/2',
      '/capacities/3',
    ]);
    expect([await rows('provider'), await rows('place'), await rows('capacity'), await rows('outbox')]).toEqual(before);
  });

  it('is told every identifier that belongs to another', async () => {
    const taken = { nip: '5260250274', regon: '123456785', krs: '0000123456', rpwdl: '000000012345' };
    idOf(await register({ ...ngo, ...taken }));
    const answer = await register({ ...ngo, ...taken, krs: '0000654321' });
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('NIP, REGON, RPWDL') } });
    expect(pointersOf(answer)).toEqual(['/nip', '/regon', '/rpwdl']);
  });

  it('is told of faults in the shape of each part', async () => {
    const answer = await register({
      ...ngo,
      rpwdl: '123',
      services: [{ code: 'Teleopieka!' }],
      permits: [{ code: 'CARE', from: 'soon' }],
      places: [{ ...club, latitude: 91, accessibility: ['RAMP'] }],
      capacities: [{ offerId: uuidv7(), places: 0, from: today, to: today }],
    });
    expect(answer.status).toBe(400);
    expect(new Set(pointersOf(answer))).toEqual(
      new Set([
        '/rpwdl',
        '/services/0/code',
        '/permits/0/from',
        '/places/0/latitude',
        '/places/0/accessibility',
        '/capacities/0/places',
      ]),
    );
  });

  it('is registered by the centre, never by another provider', async () => {
    const as = { ...account(uuidv7()), roles: ['services-organiser', 'provider'] } as const;
    const answer = await service.http('POST', '/providers', { as, body: ngo });
    expect(answer).toMatchObject({ status: 403, body: { type: expect.stringMatching(/reserved-for-centre$/) } });
  });
});

describe('an entry', () => {
  it('is corrected by its provider, told of by what has changed, and verified anew', async () => {
    const id = idOf(await register(ngo));
    await act(id, 'verification', 1, { evidenceCode: 'KRS_EXTRACT' });
    const body = { ...ngo, krs: '0000777777', address: 'ul. Winna 9, Elbląg' };
    const correct = () => act(id, 'details', 2, body, account(id), 'correct-once');
    expect(await correct()).toMatchObject({ status: 200, body: { id, version: 3 } });
    expect(await correct()).toMatchObject({ status: 200, body: { id, version: 3 } });
    expect(await see(id)).toMatchObject({ ...body, verification: 'UNVERIFIED', verdict: null });
    const told = await service.published('providers.provider.details-corrected.v1', id);
    expect(told.data).toEqual({ kind: 'NGO', changed: ['IDENTIFIERS', 'SEAT'] });
    const acts = await service.http('GET', `/providers/${id}/acts`, { as: account(id) });
    expect(acts.body).toMatchObject({
      items: [{ act: 'CORRECT_ENTRY', subjectId: id, account: 'account', name: null }],
    });
  });

  it('keeps its own identifiers and takes nobody else’s, also when two want the same at once', async () => {
    const ids = [
      idOf(await register({ ...ngo, krs: '0000111111' })),
      idOf(await register(ngo)),
      idOf(await register(ngo)),
    ];
    const [own = '', one = '', two = ''] = ids;
    expect(await act(own, 'details', 1, { ...ngo, krs: '0000111111' })).toMatchObject({ status: 200 });
    const taken = await act(one, 'details', 1, { ...ngo, krs: '0000111111' });
    expect(taken).toMatchObject({ status: 409 });
    expect(pointersOf(taken)).toEqual(['/krs']);
    const answers = await Promise.all([one, two].map((id) => act(id, 'details', 1, { ...ngo, krs: '0000222222' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('is changed in the version that was read', async () => {
    const id = idOf(await register(ngo));
    expect(await service.http('POST', `/providers/${id}/details`, { as: organiser, body: ngo })).toMatchObject({
      status: 428,
    });
    for (const [path, body] of [
      ['details', ngo],
      ['verification', { evidenceCode: 'KRS_EXTRACT' }],
      ['rejection', { reasonCode: 'NOT_IN_REGISTER' }],
      ['deactivation', { reasonCode: 'CEASED_ACTIVITY' }],
      ['reactivation', {}],
    ] as const)
      expect(await act(id, path, 7, body)).toMatchObject({ status: 412 });
  });
});

describe('a verification', () => {
  it('says who made it, when and by what, and happens once', async () => {
    const id = idOf(await register(ngo));
    const verify = () => act(id, 'verification', 1, { evidenceCode: 'KRS_EXTRACT' }, organiser, 'verify-once');
    expect(await verify()).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await verify()).toMatchObject({ status: 200, body: { version: 2 } });
    const verdict = { by: organiser.sub, on: today, evidenceCode: 'KRS_EXTRACT' };
    expect(await see(id)).toMatchObject({ verification: 'VERIFIED', verdict });
    expect((await service.published('providers.provider.verified.v1', id)).data).toEqual({
      kind: 'NGO',
      evidenceCode: 'KRS_EXTRACT',
    });
    const list = async (state: string) =>
      JSON.stringify((await service.http('GET', `/providers?verification=${state}`, { as: coordinator })).body);
    expect(await list('VERIFIED')).toContain(id);
    expect(await list('REJECTED')).not.toContain(id);
  });

  it('of a medical entity needs its book in RPWDL', async () => {
    const clinic = { ...ngo, kind: 'MEDICAL_ENTITY' };
    const id = idOf(await register(clinic));
    const verify = (version: number) => act(id, 'verification', version, { evidenceCode: 'RPWDL' });
    expect(await verify(1)).toMatchObject({ status: 422, body: { type: expect.stringMatching(/rpwdl-missing$/) } });
    await act(id, 'details', 1, { ...clinic, rpwdl: '000000054321' });
    expect(await verify(2)).toMatchObject({ status: 200 });
  });

  it('may be refused, which its reason tells', async () => {
    const id = idOf(await register(ngo));
    expect(await act(id, 'rejection', 1, { reasonCode: 'NOT_IN_REGISTER' })).toMatchObject({ status: 200 });
    const told = await service.published('providers.provider.verification-refused.v1', id);
    expect(told.data).toEqual({ kind: 'NGO', reasonCode: 'NOT_IN_REGISTER' });
    expect(await see(id)).toMatchObject({ verification: 'REJECTED' });
  });

  it('that ends in thirty days is told of once, and anew when it was renewed until another day', async () => {
    const warnings = async (id: string) =>
      (await scenario.facts(id)).filter((name) => name === 'verification-ending').length;
    const verified = async (until: string) => {
      const id = idOf(await register(ngo));
      await act(id, 'verification', 1, { evidenceCode: 'KRS_EXTRACT', until });
      return id;
    };
    const last = addDays(today, 50);
    const [id, gone, later] = [await verified(last), await verified(last), await verified(addDays(last, 1))];
    await act(gone, 'deactivation', 2, { reasonCode: 'CEASED_ACTIVITY' });
    day = addDays(last, -30);
    const other = await service.replica();
    try {
      const told = await service.published('providers.provider.verification-ending.v1', id);
      expect(told.data).toEqual({ kind: 'NGO', endsOn: last });
      day = addDays(last, -29);
      await service.published('providers.provider.verification-ending.v1', later);
      expect([await warnings(id), await warnings(gone), await warnings(later)]).toEqual([1, 0, 1]);
      await act(id, 'verification', 3, { evidenceCode: 'KRS_EXTRACT', until: addDays(last, 2) });
      day = addDays(last, -28);
      await service.eventually(async () => expect(await warnings(id)).toBe(2), 20_000);
    } finally {
      await other.stop();
    }
  });

  it('is over after the last day of what it rests on, by the calendar and once', async () => {
    const to = addDays(today, 30);
    const id = idOf(await register({ ...ngo, permits: [{ code: 'DAY_CARE', from: today, to }] }));
    await act(id, 'verification', 1, { evidenceCode: 'PERMIT', until: addDays(today, 300) });
    expect(await see(id)).toMatchObject({ verifiedUntil: to });
    day = addDays(to, 3);
    const other = await service.replica();
    try {
      const told = await service.published('providers.provider.verification-expired.v1', id);
      expect(told.data).toEqual({ kind: 'NGO', expiredOn: to });
    } finally {
      await other.stop();
    }
    expect(await see(id)).toMatchObject({ verification: 'EXPIRED', version: 3 });
  });
});

describe('a provider that was deactivated', () => {
  it('gets no new orders, and opens nothing, until it is reactivated', async () => {
    const place = await scenario.places(3);
    const { providerId: id, offerId } = place;
    const kept = await scenario.acceptedOrder(place);
    const deactivate = () =>
      act(id, 'deactivation', 1, { reasonCode: 'CEASED_ACTIVITY' }, organiser, 'deactivate-once');
    expect(await deactivate()).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await deactivate()).toMatchObject({ status: 200, body: { version: 2 } });
    const refused = await scenario.refer(place);
    expect(refused).toMatchObject({ state: 'DECLINED' });
    const declined = await service.published('providers.service-order.declined.v1', refused.id);
    expect(declined.data).toMatchObject({ reasonCode: 'PROVIDER_DEACTIVATED' });
    expect(await scenario.record(kept, 1)).toMatchObject({ status: 201 });

    const inactive = { status: 409, body: { type: expect.stringMatching(/provider-deactivated$/) } };
    const openAgain = () => scenario.openCapacity(place, 1, addDays(today, 400), addDays(today, 500));
    expect(await openAgain()).toMatchObject(inactive);
    const body = { providerId: id, ...club };
    expect(await service.http('POST', '/places', { as: account(id), body })).toMatchObject(inactive);
    const told = await service.published('providers.provider.deactivated.v1', id);
    expect(told.data).toEqual({ kind: 'NGO', deactivatedOn: today, reasonCode: 'CEASED_ACTIVITY' });

    expect(await act(id, 'reactivation', 2)).toMatchObject({ status: 200 });
    expect(await scenario.refer({ providerId: id, offerId })).toMatchObject({ state: 'RECEIVED' });
    expect(await openAgain()).toMatchObject({ status: 201 });
  });
});
