import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { Agreements, director } from '../agreements/scenario';
import { account, coordinator, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { InspectionView } from './inspections.dto';
import { Quality } from './scenario';

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

/** A provider of a service that has a standard. */
const held = async () => {
  const place = await scenario.places(1);
  await quality.standard(place.offerId);
  return place;
};
const see = (id: string, as: object) => service.http<InspectionView>('GET', `/inspections/${id}`, { as });
const listed = async (what: string, query: string, as: object) =>
  (await service.http<{ items: { id: string }[] }>('GET', `/${what}?${query}`, { as })).body.items.map(({ id }) => id);

it('is planned, carried out and reported, each once, however often it is sent', async () => {
  const place = await held();
  const { providerId, offerId } = place;
  const plan = { providerId, offers: [{ offerId }, { offerId }], announced: false, plannedOn: today };
  const call = { as: organiser, body: plan, key: 'plan-once' };
  const planned = await service.http('POST', '/inspections', call);
  expect(await service.http('POST', '/inspections', call)).toMatchObject({ status: 201, body: planned.body });
  const id = String(planned.body['id']);
  const acts = [
    ['results', quality.results(place)],
    ['report', quality.report(place)],
  ] as const;
  for (const [index, [act, body]] of acts.entries()) {
    const again = { as: organiser, body, ifMatch: index + 1, key: `${act}-once` };
    const first = await service.http('POST', `/inspections/${id}/${act}`, again);
    expect(first).toMatchObject({ status: 200, body: { id, version: index + 2 } });
    expect(await service.http('POST', `/inspections/${id}/${act}`, again)).toMatchObject({ body: first.body });
  }
  expect(await scenario.facts(id)).toEqual(['planned', 'carried-out', 'reported']);
  const cancelled = { as: organiser, body: { reasonCode: 'OTHER' }, ifMatch: 1, key: 'cancel-once' };
  const other = await quality.plan(place);
  for (const _ of [1, 2])
    expect(await service.http('POST', `/inspections/${other}/cancellation`, cancelled)).toMatchObject({ status: 200 });
  expect(await scenario.facts(other)).toEqual(['planned', 'cancelled']);
  const findings = await listed('findings', `inspectionId=${id}`, account(providerId));
  expect(findings).toHaveLength(1);
  expect((await service.published('providers.finding.recorded.v1', findings[0])).data).toEqual({
    ...{ inspectionId: id, providerId, offerId, criterion: 'CARE_DIARY', severity: 'MAJOR' },
    dueOn: addDays(today, 14),
  });
  expect((await see(id, account(providerId))).body).toEqual({
    ...{ id, version: 3, providerId, agreementId: null, offers: [offerId], announced: false, plannedOn: today },
    ...{ state: 'REPORTED', carriedOutOn: today, inspectors: [organiser.sub], cancelReason: null },
    results: [
      { offerId, criterion: 'CARE_DIARY', verdict: 'NOT_MET' },
      { offerId, criterion: 'PUNCTUALITY', verdict: 'MET' },
    ],
    ...{ report: 'Kontrola wykazała braki.', reportedOn: today },
  });
  expect(JSON.stringify(service.events())).not.toMatch(/wykazała|Dzienników/);
});

it('is seen by its provider once it is announced or has taken place, and by no other provider', async () => {
  const place = await held();
  const own = account(place.providerId);
  const stranger = {
    ...account(await scenario.registerProvider()),
    roles: ['provider', 'director', 'auditor'] as const,
  };
  const announced = await quality.plan(place);
  const [carriedOut, secret, dropped] = await Promise.all(
    [1, 2, 3].map(() => quality.plan(place, { announced: false })),
  );
  for (const id of [carriedOut, secret, dropped]) expect((await see(id ?? '', own)).status).toBe(404);
  await quality.done(`/inspections/${carriedOut}/results`, organiser, quality.results(place));
  await quality.done(`/inspections/${dropped}/cancellation`, director, { reasonCode: 'OTHER' });
  const query = `providerId=${place.providerId}`;
  expect((await listed('inspections', query, own)).sort()).toEqual([announced, carriedOut].sort());
  expect((await listed('inspections', `${query}&state=PLANNED`, coordinator)).sort()).toEqual(
    [announced, secret].sort(),
  );
  for (const id of [secret, dropped]) expect((await see(id ?? '', own)).status).toBe(404);
  for (const id of [announced, carriedOut]) {
    expect((await see(id ?? '', own)).status).toBe(200);
    expect((await see(id ?? '', stranger)).status).toBe(404);
  }
  expect(await listed('inspections', query, stranger)).toEqual([]);
  const checklist = await service.http('GET', `/inspections/${announced}/checklist`, { as: stranger });
  expect(checklist).toMatchObject({ status: 403 });
});

it('bad input changes nothing', async () => {
  const place = await held();
  const { providerId, offerId } = place;
  const agreementId = await agreements.plan(await scenario.places(1));
  const plan = { providerId, offers: [{ offerId }], announced: true, plannedOn: today };
  const plans: [object, number][] = [
    [{ ...plan, announced: 'yes' }, 400],
    [{ ...plan, offers: [] }, 400],
    [{ ...plan, offers: undefined }, 422],
    [{ ...plan, agreementId }, 422],
    [{ ...plan, offers: undefined, agreementId }, 404],
    [{ ...plan, offers: [{ offerId: uuidv7() }] }, 422],
    [{ ...plan, providerId: uuidv7() }, 404],
    [{ ...plan, plannedOn: addDays(today, -1) }, 422],
  ];
  for (const [body, status] of plans)
    expect(await service.http('POST', '/inspections', { as: organiser, body })).toMatchObject({ status });
  expect(await listed('inspections', `providerId=${providerId}`, organiser)).toEqual([]);

  const id = await quality.plan(place);
  const results = quality.results(place);
  const report = quality.report(place);
  const tried = (act: string, body: object) => quality.act(`/inspections/${id}/${act}`, organiser, body);
  expect(await tried('report', report)).toMatchObject({ status: 409 });
  expect(await tried('results', { ...results, on: addDays(today, 1) })).toMatchObject({ status: 422 });
  expect(await tried('results', { ...results, results: [] })).toMatchObject({ status: 422 });
  expect(await tried('results', { ...results, inspectors: ['Anna Nowak'] })).toMatchObject({ status: 400 });
  expect(await service.http('POST', `/inspections/${id}/results`, { as: organiser, body: results })).toMatchObject({
    status: 428,
  });
  await quality.done(`/inspections/${id}/results`, organiser, results);
  const [finding] = (report as { findings: object[] }).findings;
  const met = { report: 'Dobrze.', findings: [finding, { ...finding, criterion: 'PUNCTUALITY' }] };
  expect(await tried('report', met)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/findings/1/criterion' }] },
  });
  const past = { ...finding, dueOn: addDays(today, -1) };
  expect(await tried('report', { report: 'Źle.', findings: [past] })).toMatchObject({ status: 422 });
  expect(await tried('cancellation', { reasonCode: 'OTHER' })).toMatchObject({ status: 409 });
  expect(await scenario.facts(id)).toEqual(['planned', 'carried-out']);
  expect(await listed('findings', `inspectionId=${id}`, organiser)).toEqual([]);
  expect(await quality.act(`/inspections/${uuidv7()}/report`, organiser, report)).toMatchObject({ status: 404 });
  expect(await service.http('GET', '/findings?after=x', { as: organiser })).toMatchObject({ status: 400 });
});
