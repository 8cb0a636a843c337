import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ProviderFiguresView, ProviderOfOfferView, ServiceFiguresView } from './figures.dto';
import { type Counts, figureNames, figuresOf, noCounts } from './provider-figures';
import { quarterOf } from './quarter';

jest.setTimeout(180_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
}, 120_000);
afterAll(() => service.stop());

const [from, to] = ['2026-01-01', '2026-06-30'];
const span = `from=${from}&to=${to}`;
const problemOf = ({ status, body }: Answer): string => `${status} ${String(body['type']).split('/').at(-1)}`;
const figuresOfProvider = async (id: string, period = span): Promise<ProviderFiguresView> => {
  const answer = await service.http<ProviderFiguresView>('GET', `/providers/${id}/figures?${period}`, {
    as: coordinator,
  });
  expect(answer.status).toBe(200);
  return answer.body;
};

/** What happened to an order, in days and half-hours from the first day of the year, noon in Warsaw. */
interface Course {
  readonly offer: number;
  readonly receivedOn: number;
  readonly answer: 'ACCEPTED' | 'DECLINED' | 'BY_SERVICE' | 'LAPSED' | 'OPEN' | 'TAKEN_BACK' | 'ENDED';
  readonly halfHours: number;
  readonly term: number | null;
  readonly firstDay: number;
  readonly plannedFrom: number | null;
  readonly visits: readonly Told[];
}

interface Told {
  readonly on: number;
  readonly outcome: 'DELIVERED' | 'CLIENT_ABSENT' | 'PROVIDER_ABSENT' | 'CANCELLED';
  readonly state: 'RECORDED' | 'ACCEPTED' | 'DISPUTED' | 'REJECTED';
  readonly disputed: boolean;
  readonly withdrawn: boolean;
  /** Minutes after the planned beginning; null where no time was told. */
  readonly late: number | null;
}

/** From before the period to after it; its first and last days, and those beside them, often. */
const someDay = fc.oneof(fc.integer({ min: -20, max: 200 }), fc.constantFrom(-1, 0, 180, 181));

const told: fc.Arbitrary<Told> = fc.record({
  on: someDay,
  outcome: fc.constantFrom('DELIVERED', 'DELIVERED', 'CLIENT_ABSENT', 'PROVIDER_ABSENT', 'CANCELLED'),
  state: fc.constantFrom('RECORDED', 'ACCEPTED', 'DISPUTED', 'REJECTED'),
  disputed: fc.boolean(),
  withdrawn: fc.boolean(),
  late: fc.option(fc.integer({ min: -30, max: 30 })),
});
const course: fc.Arbitrary<Course> = fc.record({
  offer: fc.nat(2),
  receivedOn: someDay,
  answer: fc.constantFrom('ACCEPTED', 'ACCEPTED', 'DECLINED', 'BY_SERVICE', 'LAPSED', 'OPEN', 'TAKEN_BACK', 'ENDED'),
  halfHours: fc.nat(400),
  term: fc.option(fc.nat(7)),
  firstDay: fc.integer({ min: -5, max: 30 }),
  plannedFrom: fc.option(fc.integer({ min: -20, max: 150 })),
  visits: fc.array(told, { maxLength: 6 }),
});

const dayAt = (days: number): Day => addDays(from, days);
const noonOf = (days: number): Date => new Date(`${dayAt(days)}T11:00:00Z`);
const isAnswered = ({ answer }: Course): boolean => ['ACCEPTED', 'DECLINED', 'ENDED'].includes(answer);
const answeredAt = ({ receivedOn, halfHours }: Course): Date =>
  new Date(noonOf(receivedOn).getTime() + halfHours * 30 * 60_000);
const states = {
  ACCEPTED: 'IN_DELIVERY',
  DECLINED: 'DECLINED',
  BY_SERVICE: 'DECLINED',
  LAPSED: 'CANCELLED',
  OPEN: 'RECEIVED',
  TAKEN_BACK: 'CANCELLED',
  ENDED: 'CANCELLED',
} as const;

/** Every second day from the day of the plan has a visit at noon. */
const isPlanned = ({ plannedFrom }: Course, on: number): boolean =>
  plannedFrom !== null && on >= plannedFrom && on < 200 && (on - plannedFrom) % 2 === 0;

async function write(providerId: string, offers: readonly string[], courses: readonly Course[]): Promise<void> {
  const orders = courses.map((one) => ({ id: uuidv7(), one }));
  const rows = orders.map(({ id, one }) => ({
    id,
    version: 1,
    allocation_id: uuidv7(),
    attempt: 1,
    provider_id: providerId,
    offer_id: offers[one.offer],
    first_day: dayAt(one.receivedOn + one.firstDay),
    last_day: dayAt(400),
    quantity: 1000,
    unit: 'HOUR',
    state: states[one.answer],
    requests: [],
    answer_by: one.term === null ? null : dayAt(one.receivedOn + one.term),
    cancel_reason: { LAPSED: 'NO_ANSWER', TAKEN_BACK: 'RESIGNED', ENDED: 'NO_ANSWER' }[one.answer as string] ?? null,
    received_at: noonOf(one.receivedOn),
    answered_at: isAnswered(one) ? answeredAt(one) : null,
  }));
  await insert('service_order', rows);
  const plans = orders.flatMap(({ id, one }) =>
    Array.from({ length: 220 }, (_, at) => at - 20)
      .filter((on) => isPlanned(one, on))
      .map((on) => ({ order_id: id, day: dayAt(on), starts_at: noonOf(on) })),
  );
  await insert('planned_visit', plans);
  const deliveries = orders.flatMap(({ id, one }) =>
    one.visits.map((visit) => {
      const startedAt = visit.late === null ? null : new Date(noonOf(visit.on).getTime() + visit.late * 60_000);
      return {
        id: uuidv7(),
        version: 1,
        order_id: id,
        allocation_id: id,
        provider_id: providerId,
        delivered_on: dayAt(visit.on),
        quantity: 1,
        unit: 'HOUR',
        beyond_quota: 0,
        outcome: visit.outcome,
        state: visit.state,
        accepted_by: visit.state === 'ACCEPTED' ? 'kipus-anna' : null,
        dispute_cause: visit.disputed ? 'QUALITY' : null,
        reject_reason: visit.state !== 'REJECTED' ? null : visit.withdrawn ? 'WITHDRAWN' : 'QUALITY',
        started_at: startedAt,
        ended_at: startedAt && new Date(startedAt.getTime() + 3600_000),
      };
    }),
  );
  await insert('delivery', deliveries);
}

const insert = (table: string, rows: readonly object[]) =>
  service.sql(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
    JSON.stringify(rows),
  ]);

const middle = (values: readonly number[]): number | null => {
  if (values.length === 0) return null;
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
};
const daysBetween = (one: Day, other: Day): number => (Date.parse(other) - Date.parse(one)) / 86_400_000;
const within = (days: number): boolean => dayAt(days) >= from && dayAt(days) <= to;

/** The same as the statements, one thing after the other. */
function counted(courses: readonly Course[]): Counts {
  const asked = courses.filter(({ receivedOn }) => within(receivedOn));
  const accepted = asked.filter(({ answer }) => answer === 'ACCEPTED' || answer === 'ENDED');
  const lapsed = asked.filter(({ answer }) => answer === 'LAPSED');
  const declined = asked.filter(({ answer }) => answer === 'DECLINED');
  const answered = asked.filter(isAnswered);
  const begun = accepted.flatMap((one) => {
    const days = one.visits.filter(({ outcome, state }) => outcome === 'DELIVERED' && state !== 'REJECTED');
    if (days.length === 0) return [];
    const mayBegin = [dayOf(answeredAt(one)), dayAt(one.receivedOn + one.firstDay)].sort()[1] ?? '';
    return [Math.max(0, daysBetween(mayBegin, dayAt(Math.min(...days.map(({ on }) => on)))))];
  });
  const all = courses.flatMap((one) => one.visits.filter(({ on }) => within(on)).map((visit) => ({ one, visit })));
  const visits = all.filter(({ visit }) => visit.state !== 'REJECTED');
  const planned = visits.filter(
    ({ one, visit }) =>
      visit.outcome === 'DELIVERED' && visit.late !== null && one.plannedFrom !== null && visit.on >= one.plannedFrom,
  );
  const upheld = all.filter(({ visit }) => visit.state === 'REJECTED' && !visit.withdrawn).length;
  const dismissed = all.filter(({ visit }) => visit.state === 'ACCEPTED' && visit.disputed).length;
  return {
    ...noCounts,
    decided: accepted.length + lapsed.length + declined.length,
    accepted: accepted.length,
    lapsed: lapsed.length,
    termed: [...answered, ...lapsed].filter(({ term }) => term !== null).length,
    inTime: answered.filter((one) => one.term !== null && dayOf(answeredAt(one)) <= dayAt(one.receivedOn + one.term))
      .length,
    answered: answered.length,
    hoursToAnswer: middle(answered.map(({ halfHours }) => halfHours / 2)),
    begun: begun.length,
    daysToBegin: middle(begun),
    visits: visits.length,
    missed: visits.filter(({ visit }) => visit.outcome === 'PROVIDER_ABSENT').length,
    cancelled: visits.filter(({ visit }) => visit.outcome === 'CANCELLED').length,
    planned: planned.length,
    onTime: planned.filter(({ one, visit }) => isPlanned(one, visit.on) && Math.abs(visit.late ?? 99) <= 15).length,
    disputes: upheld + dismissed,
    upheld,
  };
}

const figuresIn = (view: ServiceFiguresView | undefined) =>
  Object.fromEntries(figureNames.map((name) => [name, view?.[name]]));

it('figures are what a simple count of any history says, each withheld where it is of few', async () => {
  const few = fc.array(course, { maxLength: 6 });
  const many = fc.array(course, { minLength: 15, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(few, many), fc.array(fc.nat(2), { maxLength: 12 }), async (courses, complained) => {
      const providerId = await scenario.registerProvider();
      const offers = [uuidv7(), uuidv7(), uuidv7()];
      await write(providerId, offers, courses);
      await complain(
        providerId,
        complained.map((at) => offers[at] as string),
      );
      const complaintsOf = (some: readonly number[]) => ({ complaints: some.length, founded: some.length });
      const total = { ...counted(courses), ...complaintsOf(complained) };
      const parts = offers.map((offerId, at) => {
        const own = counted(courses.filter(({ offer }) => offer === at));
        return { offerId, of: { ...own, ...complaintsOf(complained.filter((of) => of === at)) } };
      });
      const expected = figuresOf(total, parts, 5);
      const view = await figuresOfProvider(providerId);
      expect(figuresIn(view.total)).toEqual(expected.total);
      for (const { offerId, of } of expected.offers) {
        const shown = view.offers.find((offer) => offer.offerId === offerId);
        // A service of which nothing was counted is not there.
        if (shown) expect(figuresIn(shown)).toEqual(of);
        else expect(figuresIn({ ...of, satisfaction: [] })).toEqual(figuresOf(noCounts, [], 5).total);
      }
    }),
    { numRuns: 25 },
  );
});

async function complain(providerId: string, offers: readonly string[]): Promise<void> {
  for (const offerId of offers) {
    const id = uuidv7();
    await service.sql('insert into person_key (person_id, wrapped, master_version) values ($1, $2, 1)', [
      id,
      Buffer.alloc(1),
    ]);
    await service.sql(
      `insert into complaint (id, version, provider_id, offer_id, channel, anonymous, words, received_on, due_on, pass_on_by,
         state, outcome, answer, handler, closed_by)
       values ($1, 1, $2, $3, 'DESK', true, '', $4, $4, $4, 'ANSWERED', 'PARTLY', '', 'a', 'b')`,
      [id, providerId, offerId, from],
    );
  }
}

describe('satisfaction', () => {
  const answer = (providerId: string, offerId: string, quarter: Day, scores: object, times: number) =>
    service.sql(
      `insert into survey_answer (provider_id, offer_id, quarter, edition, scores)
       select $1, $2, $3, '2020-01-01', $4 from generate_series(1, $5)`,
      [providerId, offerId, quarter, JSON.stringify(scores), times],
    );

  it('is told by question and quarter, where five have answered, and never of the quarter that runs', async () => {
    const [providerId, offerId, other] = [await scenario.registerProvider(), uuidv7(), uuidv7()];
    await answer(providerId, offerId, '2026-01-01', { RESPECT: 5, WOULD_USE_AGAIN: 1 }, 4);
    await answer(providerId, offerId, '2026-01-01', { RESPECT: 2, WOULD_USE_AGAIN: 0 }, 4);
    await answer(providerId, offerId, '2026-04-01', { RESPECT: 3, WOULD_USE_AGAIN: 0 }, 6);
    await answer(providerId, other, '2026-04-01', { RESPECT: 1, WOULD_USE_AGAIN: 0 }, 2);
    const running = quarterOf(today);
    await answer(providerId, offerId, running, { RESPECT: 1, WOULD_USE_AGAIN: 0 }, 9);
    const { total, offers } = await figuresOfProvider(providerId, `from=${from}&to=${addDays(running, 91)}`);
    const edition = '2020-01-01';
    const first = { quarter: '2026-01-01', edition, answers: 8 };
    const means = [
      { code: 'RESPECT', mean: 3.5 },
      { code: 'WOULD_USE_AGAIN', mean: 0.5 },
    ];
    expect(total.satisfaction).toMatchObject([
      { ...first, questions: means },
      { quarter: '2026-04-01', answers: 8 },
    ]);
    const withheld = { quarter: '2026-04-01', edition, answers: null, why: 'TOO_FEW', questions: [] };
    expect(Object.fromEntries(offers.map((offer) => [offer.offerId, offer.satisfaction]))).toEqual({
      [offerId]: [{ ...first, questions: means }, withheld],
      [other]: [withheld],
    });
  });
});

describe('providers of a service side by side', () => {
  it('stand by name, page by page, with the same figures as alone, as a table as well', async () => {
    const offerId = await scenario.publishOffer();
    const ids: string[] = [];
    for (const pl of ['Żuraw', 'Bocian', 'Czapla']) {
      const body = { kind: 'NGO', name: { pl }, terc: '2861011' };
      const providerId = idOf(await service.http('POST', '/providers', { as: organiser, body }));
      idOf(await scenario.openCapacity({ providerId, offerId }, 2));
      ids.push(providerId);
    }
    const [busy = ''] = ids;
    const [delivered] = fc.sample(fc.array(course, { minLength: 30, maxLength: 30 }), { numRuns: 1, seed: 7 });
    await write(busy, [offerId, uuidv7(), uuidv7()], delivered ?? []);
    const page = (more = '') =>
      service.http<{ items: ProviderOfOfferView[]; next?: string }>(
        'GET',
        `/figures?offerId=${offerId}&${span}${more}`,
        {
          as: organiser,
        },
      );
    const { body: first } = await page('&limit=2');
    const { body: second } = await page(`&limit=2&after=${first.next}`);
    expect(second.next).toBeUndefined();
    const all = [...first.items, ...second.items];
    expect(all.map(({ name }) => name)).toEqual(['Bocian', 'Czapla', 'Żuraw']);
    const alone = (await figuresOfProvider(busy)).offers.find((offer) => offer.offerId === offerId);
    expect(figuresIn(all[2])).toEqual(figuresIn(alone));
    expect(all[0]).toMatchObject({ accepted: { value: null, numerator: 0, denominator: 0 } });

    const csv = await service.http<string>('GET', `/figures.csv?offerId=${offerId}&${span}`, { as: organiser });
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    const lines = csv.body.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 3 * figureNames.length);
    const { value, numerator, denominator } = all[2]?.accepted ?? {};
    expect(lines).toContain(
      `${busy},Żuraw,${offerId},accepted,${from},${to},${value ?? ''},${numerator ?? ''},${denominator ?? ''},${value === null ? 'TOO_FEW' : ''}`,
    );
    const own = await service.http<string>('GET', `/providers/${busy}/figures.csv?${span}`, { as: account(busy) });
    expect(own.body.split('\r\n')[1]).toMatch(new RegExp(`^${busy},Żuraw,,accepted,`));
  });

  it('are for the centre; a provider sees its own figures and no other’s', async () => {
    const [own, other] = [await scenario.registerProvider(), await scenario.registerProvider()];
    const get = (path: string, as: object) => service.http('GET', path, { as });
    expect(await get(`/providers/${own}/figures?${span}`, account(own))).toMatchObject({ status: 200 });
    expect(problemOf(await get(`/providers/${other}/figures?${span}`, account(own)))).toBe('404 not-found');
    expect(problemOf(await get(`/providers/${uuidv7()}/figures?${span}`, coordinator))).toBe('404 not-found');
    const path = `/figures?offerId=${uuidv7()}&${span}`;
    for (const table of [path, path.replace('?', '.csv?')]) {
      expect(problemOf(await get(table, account(own)))).toBe('403 not-allowed');
      const mixed = { sub: 'mixed', roles: ['coordinator', 'provider'], providerId: own };
      expect(problemOf(await get(table, mixed))).toBe('403 reserved-for-centre');
    }
    expect(await get(path, coordinator)).toMatchObject({ status: 200, body: { items: [] } });
    expect(problemOf(await get(`${path}&after=bad`, coordinator))).toBe('400 cursor-malformed');
    expect(problemOf(await get(`/providers/${own}/figures?from=${to}&to=${from}`, coordinator))).toBe(
      '400 period-malformed',
    );
    expect(problemOf(await get(`/providers/${own}/figures?from=2020-01-01&to=2026-01-01`, coordinator))).toBe(
      '400 period-malformed',
    );
  });
});

it('what an order goes through is counted as it happens', async () => {
  const place = await scenario.places(9);
  const period = `from=${addDays(today, -1)}&to=${today}`;
  const plan = { from: today, rule: 'FREQ=DAILY', startsAt: '00:10', minutes: 5, quantity: 1 };
  for (const _ of Array.from({ length: 5 })) {
    const order = await scenario.acceptedOrder(place, { answerBy: today });
    const path = `/service-orders/${order.id}/schedule`;
    const call = { as: account(place.providerId), ifMatch: 0, body: plan };
    expect(await service.http('POST', path, call)).toMatchObject({ status: 200 });
    expect(await scenario.record(order, 1)).toMatchObject({ status: 201 });
  }
  const declined = await scenario.refer(place, { answerBy: today });
  const body = { reasonCode: 'NO_CAPACITY' };
  const call = { as: account(place.providerId), ifMatch: 1, body };
  expect(await service.http('POST', `/service-orders/${declined.id}/declination`, call)).toMatchObject({ status: 200 });
  const { total } = await figuresOfProvider(place.providerId, period);
  expect(total).toMatchObject({
    accepted: { value: 83.3, numerator: 5, denominator: 6 },
    lapsed: { value: 0, numerator: 0, denominator: 6 },
    answeredInTime: { value: 100, numerator: 6, denominator: 6 },
    hoursToAnswer: { value: 0, denominator: 6 },
    daysToFirstDelivery: { value: 0, denominator: 5 },
    missed: { value: 0, numerator: 0, denominator: 5 },
    // No time of day was told.
    onTime: { denominator: 0 },
  });
  const planned = await service.sql<{ days: number }>(
    'select count(*)::int as days from planned_visit p join service_order o on o.id = p.order_id where o.provider_id = $1',
    [place.providerId],
  );
  expect(planned).toEqual([{ days: 5 * 21 }]);
});
