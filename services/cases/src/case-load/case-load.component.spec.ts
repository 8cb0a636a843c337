import { addDays } from '@okienko/contracts/calendar';
import { event } from '@okienko/contracts/event';
import { deliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { serviceOrderAcceptedV1 } from '@okienko/contracts/providers/service-order-accepted.v1';
import { serviceOrderDeclinedV1 } from '@okienko/contracts/providers/service-order-declined.v1';
import { v7 as uuidv7 } from 'uuid';
import {
  coordinator,
  desk,
  director,
  gmina,
  idOf,
  type Json,
  organiser,
  problemOf,
  Scenario,
  today,
} from '../scenario';
import type { CaseLoadFigures, CaseLoadView } from './case-load.dto';
import { daysOf, halfYearBefore } from './period';

const withheld = { value: null, why: 'TOO_FEW_PERSONS' };
const thisYear = today.slice(0, 4);
const lastHalf = halfYearBefore(today);
const outside = { ...director, unit: 'north' };
let scenario: Scenario;
let decliner: string;
let taker: string;
let offerId: string;
let programmeId: string;

/** In the unit: six applications that wait, two of them for long; one plan in force, declined once, then taken on and delivered. */
beforeAll(async () => {
  scenario = await Scenario.start();
  const plan = await scenario.approvedPlan();
  const { allocationId } = plan;
  [decliner, offerId] = [plan.providerId, plan.offerId];
  const facts = { allocationId, offerId };
  await scenario.tell(
    event(serviceOrderDeclinedV1, uuidv7(), { ...facts, providerId: decliner, attempt: 1, reasonCode: 'NO_CAPACITY' }),
  );
  await scenario.known("select 1 from allocation where id = $1 and state = 'DECLINED'", [allocationId]);
  taker = await scenario.capacity(offerId);
  const version = await scenario.version(`/allocations/${allocationId}`);
  await scenario.post(`/allocations/${allocationId}/referral`, coordinator, { providerId: taker }, version);
  const orderId = uuidv7();
  await scenario.tell(event(serviceOrderAcceptedV1, orderId, { ...facts, providerId: taker, attempt: 2 }));
  const delivery = { orderId, allocationId, providerId: taker, deliveredOn: today, quantity: 4, unit: 'HOUR' } as const;
  await scenario.tell(event(deliveryAcceptedV1, uuidv7(), delivery));
  await scenario.known("select 1 from allocation where id = $1 and state = 'IN_DELIVERY'", [allocationId]);
  const full = await scenario.offer(0, { queueRule: 'FILING_TIME' });
  programmeId = full.programmeId;
  for (const age of [70, 40, 3, 2, 1, 0]) {
    const filed = await scenario.file([full.offerId], age ? { filedAt: `${addDays(today, -age)}T10:00:00Z` } : {});
    expect(await scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'waiting-list-entry')).toMatchObject({
      status: 200,
    });
  }
}, 60_000);
afterAll(() => scenario.stop());

const ask = async (query: string, as: object): Promise<CaseLoadView> => {
  const { status, body } = await scenario.get(`/case-load${query}`, as);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as unknown as CaseLoadView;
};

describe('the case load', () => {
  it('is told inside the unit as it is, by coordinator, age, service and contractor, with how long things took', async () => {
    const { coordinators, ages, ...load } = await ask(`?period=${thisYear}`, organiser);
    expect(load).toMatchObject({
      unit: 'main',
      gmina: null,
      from: `${thisYear}-01-01`,
      to: `${thisYear}-12-31`,
      totals: { openApplications: { value: 6 }, plansInForce: { value: 1 } },
      drafting: { drafted: { value: 1 }, inTime: { value: 1 }, late: { value: 0 }, percentInTime: { value: 100 } },
      waiting: {
        waiting: { value: 6 },
        services: [{ programmeId, serviceCode: 'teleopieka', waiting: { value: 6 }, medianDays: { value: 2 } }],
      },
      referrals: { answered: { value: 2 } },
      durations: [
        { until: 'QUALIFICATION', matters: { value: 1 }, medianDays: { value: 0 } },
        { until: 'DRAFT', matters: { value: 1 }, medianDays: { value: 0 } },
        { until: 'FIRST_DELIVERY', matters: { value: 1 }, medianDays: { value: 0 } },
      ],
    });
    expect(load.referrals.providers).toHaveLength(2);
    expect(load.referrals.providers).toEqual(
      expect.arrayContaining([
        { providerId: decliner, accepted: { value: 0 }, declined: { value: 1 } },
        { providerId: taker, accepted: { value: 1 }, declined: { value: 0 } },
      ]),
    );
    expect(coordinators).toContainEqual(
      expect.objectContaining({ coordinator: coordinator.sub, plansInForce: { value: 1 } }),
    );
    expect(ages.map(({ applications }) => applications.value)).toEqual([4, 0, 1, 1]);
  });

  it('is told of a gmina and of a period', async () => {
    expect((await ask(`?period=${thisYear}&gmina=${gmina}`, organiser)).totals.openApplications).toEqual({ value: 6 });
    const elsewhere = await ask(`?period=${thisYear}&gmina=2804012`, organiser);
    expect([elsewhere.totals.openApplications, elsewhere.drafting.drafted]).toEqual([{ value: 0 }, { value: 0 }]);
    const past = await ask('', organiser);
    expect(past).toMatchObject({ period: lastHalf, ...daysOf(lastHalf), drafting: { drafted: { value: 0 } } });
    expect(past.durations.map(({ medianDays }) => medianDays)).toEqual([
      { value: null },
      { value: null },
      { value: null },
    ]);
  });

  it('tells outside the unit nothing that is small, nor what would give it away', async () => {
    const load = await ask('?unit=main', outside);
    expect(load).toMatchObject({
      period: lastHalf,
      totals: { openApplications: { value: 6 }, plansInForce: withheld },
      drafting: { drafted: withheld, inTime: withheld, percentInTime: withheld },
      waiting: { waiting: { value: 6 }, services: [{ waiting: { value: 6 }, medianDays: { value: 2 } }] },
      referrals: { answered: withheld, providers: [] },
    });
    expect(load.ages.map(({ applications }) => applications)).toEqual([withheld, withheld, withheld, withheld]);
    for (const query of [`&period=${thisYear}`, `&period=${today.slice(0, 7)}`, `&gmina=${gmina}`])
      expect(problemOf(await scenario.get(`/case-load?unit=main${query}`, outside))).toEqual([403, 'figures-too-fine']);
  });

  it('is for those who organise and answer, in their own unit unless they answer for all', async () => {
    for (const as of [desk, coordinator]) expect((await scenario.get('/case-load', as)).status).toBe(403);
    for (const query of ['period=2026-H3', 'gmina=1', 'unit=%20', 'from=2026-01-01'])
      expect([query, (await scenario.get(`/case-load?${query}`, organiser)).status]).toEqual([query, 400]);
  });
});

describe('the six-monthly summary (art. 46(1))', () => {
  const generate = (body: Json = {}, as: object = organiser, key: string = uuidv7()) =>
    scenario.post('/plans-summaries', as, body, undefined, { key });
  const osl = { sub: 'osl-ola', roles: ['community-organiser'] } as const;

  it('is made once of a half-year, with its figures, and owed again after six months', async () => {
    const key = uuidv7();
    const [first, again] = [await generate({}, organiser, key), await generate({}, organiser, key)];
    const id = idOf(first);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await scenario.facts(id)).toEqual(['plans-summary.generated']);
    expect(await scenario.service.published('cases.plans-summary.generated.v1', id)).toMatchObject({
      gmina,
      data: daysOf(lastHalf),
    });
    expect(problemOf(await generate())).toEqual([409, 'plans-summary-exists']);
    const running = await scenario.service.sql(
      "select to_char(due_on, 'YYYY-MM') as month from deadline where kind = 'PLANS_SUMMARY' and ended_at is null",
    );
    expect(running).toEqual([{ month: addDays(today, 184).slice(0, 7) }]);
    await scenario.file([offerId]);
    const { body } = await scenario.get(`/plans-summaries/${id}`, osl);
    expect(body).toMatchObject({ id, version: 1, unit: 'main', halfYear: lastHalf, generatedBy: organiser.sub });
    expect((body['figures'] as CaseLoadFigures).totals).toMatchObject({
      openApplications: { value: 6 },
      plansInForce: { value: 1 },
    });
    expect(await scenario.get('/plans-summaries', director)).toMatchObject({ body: { items: [{ id }] } });
  });

  it('made by two at once is made once', async () => {
    const { from } = daysOf(lastHalf);
    const halfYear = halfYearBefore(from);
    const statuses = (await Promise.all([1, 2, 3].map(() => generate({ halfYear })))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 409, 409]);
  });

  it('withholds outside the unit what is small, and is not seen by the community organiser of another', async () => {
    const { body } = await scenario.get('/plans-summaries', organiser);
    const [{ id }] = body['items'] as [{ id: string }];
    const seen = (await scenario.get(`/plans-summaries/${id}`, outside)).body['figures'] as CaseLoadFigures;
    expect(seen.totals).toMatchObject({ openApplications: { value: 6 }, plansInForce: withheld });
    expect((await scenario.get(`/plans-summaries/${id}`, { ...osl, unit: 'north' })).status).toBe(404);
  });

  it('is the organiser’s to make, of a half-year that is over and a unit with plans', async () => {
    for (const as of [coordinator, director, osl])
      expect(problemOf(await generate({}, as))).toEqual([403, 'not-allowed']);
    expect(problemOf(await generate({ halfYear: `${thisYear}-H${today.slice(5) < '07-01' ? 1 : 2}` }))).toEqual([
      422,
      'half-year-not-over',
    ]);
    expect(problemOf(await generate({ unit: 'north' }))).toEqual([422, 'unit-unknown']);
    expect(problemOf(await generate({ halfYear: '2026' }))).toEqual([400, 'invalid-request']);
  });
});

describe('a matter that was given to another', () => {
  it('counts for the coordinator who has it now', async () => {
    const plan = await scenario.approvedPlan();
    const filed = await scenario.file([offerId]);
    const to = { coordinator: 'kipus-nowa', reasonCode: 'LEAVE' };
    const given = [
      await scenario.post(
        `/plans/${plan.planId}/coordinator`,
        organiser,
        to,
        await scenario.version(`/plans/${plan.planId}`),
      ),
      await scenario.post(`/applications/${filed.id}/coordinator`, organiser, to, 1),
    ];
    expect(given.map(({ status }) => status)).toEqual([200, 200]);
    const { coordinators } = await ask(`?period=${thisYear}`, organiser);
    expect(coordinators.find(({ coordinator: account }) => account === 'kipus-nowa')).toMatchObject({
      openApplications: { value: 1 },
      plansInForce: { value: 1 },
    });
  });
});
