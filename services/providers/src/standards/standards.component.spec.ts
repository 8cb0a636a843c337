import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { Agreements, director } from '../agreements/scenario';
import { criteria, Quality } from '../inspections/scenario';
import { account, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { StandardView } from './standards.dto';

jest.setTimeout(120_000);

let service: ServiceUnderTest;
let scenario: Scenario;
let quality: Quality;
let agreements: Agreements;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
  quality = new Quality(service);
  agreements = new Agreements(service);
});
afterAll(() => service.stop());

const see = (id: string, as: object) => service.http<StandardView>('GET', `/standards/${id}`, { as });
const list = async (query: string, as: object) =>
  (await service.http<{ items: StandardView[] }>('GET', `/standards?${query}`, { as })).body.items;

it('is drafted, drafted anew and approved, each once, however often it is sent', async () => {
  const offerId = await scenario.publishOffer();
  const call = { as: organiser, body: { offerId, criteria }, key: 'standard-once' };
  const drafted = await service.http('POST', '/standards', call);
  const id = String(drafted.body['id']);
  expect(await service.http('POST', '/standards', call)).toMatchObject({ status: 201, body: drafted.body });
  const law = { law: 'Dz.U. 2005 poz. 1598', criteria: criteria.slice(1) };
  const acts = [
    ['draft', organiser, law],
    ['approval', director, { from: today }],
  ] as const;
  for (const [index, [act, as, body]] of acts.entries()) {
    const again = { as, body, ifMatch: index + 1, key: `${act}-once` };
    const first = await service.http('POST', `/standards/${id}/${act}`, again);
    expect(first).toMatchObject({ status: 200, body: { id, version: index + 2 } });
    expect(await service.http('POST', `/standards/${id}/${act}`, again)).toMatchObject({ body: first.body });
  }
  expect(await scenario.facts(id)).toEqual(['drafted', 'drafted', 'approved']);
  expect((await service.published('providers.standard.approved.v1', id)).data).toEqual({
    offerId,
    edition: 1,
    basis: 'LAW',
    from: today,
  });
  expect((await see(id, director)).body).toEqual({
    ...{ id, version: 3, offerId, state: 'APPROVED', basis: 'LAW', ...law, draftedBy: organiser.sub },
    ...{ edition: 1, approvedBy: director.sub, from: today, to: null },
  });
});

it('ends the day before the next begins, and of several approved at once for a day one is', async () => {
  const offerId = await scenario.publishOffer();
  const first = await quality.standard(offerId);
  const later = addDays(today, 10);
  const drafts = await Promise.all([1, 2, 3].map(() => quality.draft(offerId)));
  const answers = await Promise.all(
    drafts.map((id) => quality.act(`/standards/${id}/approval`, director, { from: later })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
  const refused = answers.find(({ status }) => status === 422)?.body;
  expect(refused).toMatchObject({ type: expect.stringMatching(/standard-too-early$/), basis: 'art. 24(2)(2)' });
  expect((await see(first, director)).body).toMatchObject({ edition: 1, to: addDays(today, 9) });
  const on = async (day: string) =>
    (await list(`offerId=${offerId}&on=${day}`, director)).map(({ edition }) => edition);
  expect([await on(addDays(today, -1)), await on(addDays(today, 9)), await on(later)]).toEqual([[], [1], [2]]);
});

it('is not approved by whoever drafted it, or in another version, or out of turn', async () => {
  const id = await quality.draft(await scenario.publishOffer());
  const approve = (as: object, call: object = {}) =>
    quality.act(`/standards/${id}/approval`, as, { from: today }, call);
  const both = { sub: organiser.sub, roles: ['services-organiser', 'director'] } as const;
  expect(await approve(both)).toMatchObject({ status: 403, body: { type: expect.stringMatching(/own-draft$/) } });
  expect(await approve(director, { ifMatch: 7 })).toMatchObject({ status: 412 });
  expect(
    await service.http('POST', `/standards/${id}/approval`, { as: director, body: { from: today } }),
  ).toMatchObject({
    status: 428,
  });
  expect(await approve(director)).toMatchObject({ status: 200 });
  expect(await approve(director)).toMatchObject({ status: 409 });
  expect(await quality.act(`/standards/${id}/draft`, organiser, { criteria })).toMatchObject({ status: 409 });
});

it('bad input changes nothing', async () => {
  const offerId = await scenario.publishOffer();
  const [diary] = criteria;
  const faulty: [object, number][] = [
    [{ offerId }, 400],
    [{ offerId, criteria: [] }, 400],
    [{ offerId, criteria, law: null }, 400],
    [{ offerId, criteria: [{ code: 'small', sentence: 'x' }] }, 400],
    [{ offerId, criteria: [diary, diary] }, 422],
    [{ offerId: uuidv7(), criteria }, 422],
  ];
  for (const [body, status] of faulty)
    expect(await service.http('POST', '/standards', { as: organiser, body })).toMatchObject({ status });
  expect(await service.sql('select 1 from standard where offer_id = $1', [offerId])).toEqual([]);
  const unknown = `/standards/${uuidv7()}`;
  expect(await quality.act(`${unknown}/approval`, director, { from: today })).toMatchObject({ status: 404 });
  expect(await quality.act(`${unknown}/draft`, organiser, { criteria })).toMatchObject({ status: 404 });
  expect(await service.http('GET', '/standards?after=x', { as: director })).toMatchObject({ status: 400 });
});

it('is seen by providers of the service once it is approved, and by no other', async () => {
  const { providerId, offerId } = await scenario.places(1);
  const approved = await quality.standard(offerId);
  const draft = await quality.draft(offerId);
  const byAgreement = await scenario.registerProvider();
  await agreements.plan({ providerId: byAgreement, offerId });
  for (const id of [providerId, byAgreement]) {
    expect((await list(`offerId=${offerId}`, account(id))).map((one) => one.id)).toEqual([approved]);
    expect((await see(approved, account(id))).status).toBe(200);
    expect((await see(draft, account(id))).status).toBe(404);
  }
  const stranger = { ...account(await scenario.registerProvider()), roles: ['provider', 'director'] as const };
  expect(await list(`offerId=${offerId}`, stranger)).toEqual([]);
  expect((await see(approved, stranger)).status).toBe(404);
  expect((await list(`offerId=${offerId}`, director)).map((one) => one.id)).toEqual([approved, draft]);
});

describe('the standard that an agreement names', () => {
  it('is one of its services, named once under a key, and another later on', async () => {
    const place = await scenario.places(1);
    const agreementId = await agreements.signed(place);
    const [first, second] = [
      await quality.standard(place.offerId),
      await quality.standard(place.offerId, addDays(today, 9)),
    ];
    const path = `/agreements/${agreementId}/standards`;
    const name = (standardId: string, call: object = {}) => quality.act(path, director, { standardId }, call);
    const { version: ifMatch } = await agreements.get(agreementId);
    const named = await name(first, { key: 'name-once', ifMatch });
    expect(named).toMatchObject({ status: 200, body: { id: agreementId } });
    expect(await name(first, { key: 'name-once', ifMatch })).toMatchObject({ body: named.body });
    expect(await name(first, { ifMatch })).toMatchObject({ status: 412 });
    expect((await service.published('providers.agreement.standard-named.v1', agreementId)).data).toEqual({
      ...{ providerId: place.providerId, offerId: place.offerId, standardId: first },
    });
    expect(await name(second)).toMatchObject({ status: 200 });
    for (const as of [account(place.providerId), organiser])
      expect((await service.http('GET', path, { as })).body).toEqual({
        items: [{ offerId: place.offerId, standardId: second, edition: 2, from: addDays(today, 9) }],
      });
    const stranger = account(await scenario.registerProvider());
    expect(await service.http('GET', path, { as: stranger })).toMatchObject({ status: 404 });
    const told = await agreements.told(agreementId);
    expect(told.filter((fact) => fact === 'standard-named')).toHaveLength(2);
  });

  it('is approved, and named by the centre while the agreement counts', async () => {
    const place = await scenario.places(1);
    const agreementId = await agreements.plan(place);
    const path = `/agreements/${agreementId}/standards`;
    const name = (standardId: string, as: object = organiser) => quality.act(path, as, { standardId });
    const wrong = [
      await quality.draft(place.offerId),
      await quality.standard(place.offerId, addDays(today, 400)),
      await quality.standard(await scenario.publishOffer()),
      uuidv7(),
    ];
    for (const id of wrong)
      expect(await name(id)).toMatchObject({
        status: 422,
        body: { type: expect.stringMatching(/standard-not-for-agreement$/) },
      });
    for (const role of ['desk', 'coordinator', 'finance', 'provider', 'auditor', 'operator'])
      expect((await name(uuidv7(), { sub: role, roles: [role] })).status).toBe(403);
    const mixed = { ...account(place.providerId), roles: ['provider', 'director'] as const };
    expect(await name(uuidv7(), mixed)).toMatchObject({ status: 403 });
    await agreements.done(agreementId, 'cancellation', director, { reasonCode: 'OTHER' });
    expect(await name(uuidv7())).toMatchObject({ status: 409 });
    const unknown = `/agreements/${uuidv7()}/standards`;
    expect(await quality.act(unknown, organiser, { standardId: uuidv7() })).toMatchObject({ status: 404 });
    expect(await service.http('GET', unknown, { as: organiser })).toMatchObject({ status: 404 });
  });
});
