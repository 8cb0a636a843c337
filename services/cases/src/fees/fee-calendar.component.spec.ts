import { randomBytes } from 'node:crypto';
import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { event } from '@okienko/contracts/event';
import type { FeeData } from '@okienko/contracts/fees/schema';
import { deliveryAcceptanceWithdrawnV1 } from '@okienko/contracts/providers/delivery-acceptance-withdrawn.v1';
import { deliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { serviceOrderAcceptedV1 } from '@okienko/contracts/providers/service-order-accepted.v1';
import { createService } from '@okienko/chassis/create-service';
import { loadConfig } from '@okienko/chassis/config';
import { generateNrb } from '@okienko/identifiers/nrb-generator';
import { Clock } from '@okienko/messaging/clock';
import type { Answer } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { casesService } from '../service';
import {
  coordinator,
  director,
  finance,
  idOf,
  type Json,
  organiser,
  problemOf,
  type Qualified,
  Scenario,
  today,
} from '../scenario';
import { clockFrom } from '../terms/clocks';

class MovedClock extends Clock {
  private days = 0;
  override now(): Date {
    return new Date(Date.now() + this.days * 24 * 60 * 60 * 1000);
  }
  to(day: Day): void {
    this.days = (Date.parse(day) - Date.parse(today)) / (24 * 60 * 60 * 1000);
  }
}

const clock = new MovedClock();
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start(clock)), 60_000);
beforeEach(() => clock.to(today));
afterAll(() => scenario.stop());

const soon = 30_000;
const payBy = clockFrom('FEE_PAYMENT', today, 10).dueOn;
const overdueOn = addDays(payBy, 1);
const appealUntil = clockFrom('APPEAL', overdueOn).dueOn;
const enforcedOn = addDays(appealUntil, 1);
const daily: FeeData = { rule: 'FLAT', grosze: 1000, per: 'DAY' };
let numbers = 0;
const nrb = (): string => generateNrb((numbers += 1));
const assess = async ({ id, itemId }: Qualified, to = today): Promise<string> => {
  const body = { from: today, to, virtualAccount: nrb(), dueDays: 10 };
  return idOf(await scenario.post(`/applications/${id}/items/${itemId}/fee`, coordinator, body));
};
const charged = async (): Promise<string> =>
  assess(await scenario.qualified((await scenario.offer(9, { terms: { fee: daily } })).offerId));
const fee = async (id: string): Promise<Json> => (await scenario.get(`/fees/${id}`, director)).body;
const becomes = (id: string, expected: object): Promise<void> =>
  scenario.service.eventually(async () => expect(await fee(id)).toMatchObject(expected), soon);
const act = (id: string, what: string, as: object, body: Json, version: number, key?: string): Promise<Answer<Json>> =>
  scenario.post(`/fees/${id}/${what}`, as, body, version, key ? { key } : {});

describe('a day of payment that has passed', () => {
  it('is told once for each instalment, also after a week without anybody looking, and never of what was paid', async () => {
    const [late, paid] = [await charged(), await charged()];
    await act(paid, 'payments', finance, { bookedOn: today, grosze: 1000, documentNumber: uuidv7() }, 1);
    clock.to(payBy);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(await fee(late)).toMatchObject({ state: 'ASSESSED' });
    clock.to(addDays(payBy, 7));
    await becomes(late, { state: 'OVERDUE', overdueSince: payBy });
    expect(await scenario.service.published('cases.fee.overdue.v1', late)).toMatchObject({
      data: { dueOn: payBy, openGrosze: 1000 },
    });
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(await scenario.facts(late)).toEqual(['fee.assessed', 'fee.overdue']);
    expect(await scenario.facts(paid)).toEqual(['fee.assessed', 'fee.paid']);
    const { items } = (await scenario.get('/overdue-fees?limit=200', finance)).body as { items: Json[] };
    expect(items.map(({ id }) => id)).toContain(late);
    expect(items.map(({ id }) => id)).not.toContain(paid);
    expect((await scenario.get('/overdue-fees', { ...finance, unit: 'north' })).body['items']).toEqual([]);
  }, 60_000);

  it('is told once by two replicas', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, charged));
    const { database, issuer, namespace } = scenario.service;
    const replica = await createService(
      casesService,
      loadConfig(casesService.config, {
        DATABASE_URL: database.app,
        NATS_URL: process.env['TEST_NATS_URL'],
        EVENT_NAMESPACE: namespace,
        OIDC_ISSUER: issuer.url,
        LOG_LEVEL: 'silent',
        // It only counts days, and opens nothing.
        MASTER_KEY: randomBytes(32).toString('base64'),
        BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
        SEALING_PUBLIC_KEY: JSON.stringify(scenario.notificationsKey.publicJwk),
      }),
      clock,
    );
    try {
      clock.to(overdueOn);
      for (const id of ids) await becomes(id, { state: 'OVERDUE' });
      for (const id of ids) expect(await scenario.facts(id)).toEqual(['fee.assessed', 'fee.overdue']);
    } finally {
      await replica.stop();
    }
  }, 90_000);
});

describe('an unpaid fee (art. 43(2)–(3))', () => {
  const body = (authorisationId: string): Json => ({
    number: `CUS.F.${uuidv7()}`,
    legalBasis: 'art. 43 ust. 2 ustawy z dnia 19 lipca 2019 r.',
    reasons: 'Pani Łoś nie zapłaciła w terminie.',
    authorisationId,
  });

  it('ends in a decision, its delivery, and enforcement once nobody can appeal', async () => {
    const id = await charged();
    const authorisationId = await scenario.authorisation(director.sub, ['ISSUE_DECISIONS'], {
      validTo: addDays(today, 90),
    });
    const decision = body(authorisationId);
    expect(problemOf(await act(id, 'decision', director, decision, 1))).toEqual([422, 'nothing-overdue']);
    clock.to(overdueOn);
    await becomes(id, { state: 'OVERDUE' });
    expect(problemOf(await act(id, 'decision', coordinator, decision, 2))).toEqual([403, 'not-allowed']);
    expect(problemOf(await act(id, 'decision', organiser, decision, 2))).toEqual([403, 'not-your-authorisation']);
    const plans = await scenario.authorisation(director.sub, ['APPROVE_PLANS'], { validTo: addDays(today, 90) });
    expect(problemOf(await act(id, 'decision', director, { ...decision, authorisationId: plans }, 2))).toEqual([
      422,
      'authorisation-does-not-cover',
    ]);
    const key = uuidv7();
    const issued = await act(id, 'decision', director, decision, 2, key);
    expect(issued).toMatchObject({ status: 200, body: { id, version: 3 } });
    expect((await act(id, 'decision', director, decision, 2, key)).body).toEqual(issued.body);
    const decisionId = issued.body['decisionId'] as string;
    const one = `decisions/${decisionId}`;
    const delivery = { deliveredOn: overdueOn, channel: 'POST' };
    const enforcement = { startedOn: enforcedOn };
    expect(problemOf(await act(id, `${one}/enforcement`, finance, enforcement, 3))).toEqual([
      422,
      'decision-not-final',
    ]);
    expect(await act(id, `${one}/delivery`, finance, delivery, 3)).toMatchObject({ status: 200, body: { version: 4 } });
    expect(problemOf(await act(id, `${one}/delivery`, finance, delivery, 4))).toEqual([409, 'wrong-state']);
    clock.to(enforcedOn);
    const early = { startedOn: appealUntil };
    expect(problemOf(await act(id, `${one}/enforcement`, finance, early, 4))).toEqual([422, 'decision-not-final']);
    expect(problemOf(await act(id, `${one}/enforcement`, organiser, enforcement, 4))).toEqual([403, 'not-allowed']);
    expect(problemOf(await act(id, `decisions/${uuidv7()}/enforcement`, finance, enforcement, 4))).toEqual([
      404,
      'not-found',
    ]);
    expect(await act(id, `${one}/enforcement`, finance, enforcement, 4)).toMatchObject({
      status: 200,
      body: { version: 5 },
    });
    expect(await scenario.facts(id)).toEqual([
      'fee.assessed',
      'fee.overdue',
      'fee.decision-issued',
      'fee.decision-delivered',
      'fee.enforcement-started',
    ]);
    expect(await fee(id)).toMatchObject({
      state: 'ENFORCED',
      decisions: [{ id: decisionId, number: decision['number'], reasons: decision['reasons'], enforcedOn }],
    });
    const [row] = await scenario.service.sql<{ row: string }>(
      "select fee::text || encode(words, 'escape') as row from fee where id = $1",
      [id],
    );
    expect(row?.row).not.toContain('Łoś');
  }, 60_000);

  it('gets a number that no other decision has, of whatever kind, also when both are issued at once', async () => {
    const id = await charged();
    const authorisationId = await scenario.authorisation(director.sub, ['ISSUE_DECISIONS'], {
      validTo: addDays(today, 90),
    });
    clock.to(overdueOn);
    await becomes(id, { state: 'OVERDUE' });
    const refusal = async (number: string): Promise<Answer<Json>> => {
      const filed = await scenario.file([(await scenario.offer(0)).offerId]);
      return scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'refusal', director, {
        ...body(authorisationId),
        number,
      });
    };
    const used = body(authorisationId)['number'] as string;
    expect(await refusal(used)).toMatchObject({ status: 200 });
    const decide = (number: string): Promise<Answer<Json>> =>
      act(id, 'decision', director, { ...body(authorisationId), number }, 2);
    expect(problemOf(await decide(used))).toEqual([409, 'decision-number-used']);
    const wanted = body(authorisationId)['number'] as string;
    const both = await Promise.all([decide(wanted), refusal(wanted)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(problemOf(both.find(({ status }) => status === 409)!)).toEqual([409, 'decision-number-used']);
  }, 60_000);
});

describe('a fee for each unit', () => {
  it('is charged once its month is over, by what was delivered, and once more for what comes late', async () => {
    const plan = await scenario.approvedPlan();
    const perHour = JSON.stringify({ fee: { rule: 'PER_UNIT', grosze: 1250, unit: 'HOUR' } });
    await scenario.service.sql(
      `update programme_edition_service set terms = terms || $2::jsonb
       where programme_id = (select programme_id from offer where id = $1)`,
      [plan.offerId, perHour],
    );
    const id = await assess(plan.application, addDays(today, 80));
    expect(await fee(id)).toMatchObject({ state: 'ASSESSED', charges: [], rates: [{ grosze: 1250 }] });
    const { allocationId, providerId, offerId } = plan;
    const orderId = uuidv7();
    await scenario.tell(event(serviceOrderAcceptedV1, orderId, { allocationId, providerId, offerId, attempt: 1 }));
    const deliver = async (deliveredOn: Day, quantity: number): Promise<string> => {
      const facts = { orderId, allocationId, providerId, deliveredOn, quantity, unit: 'HOUR' } as const;
      const delivery = event(deliveryAcceptedV1, uuidv7(), facts);
      const repeated = uuidv7();
      await scenario.service.publish(delivery, { sequence: 1, id: repeated });
      await scenario.known('select 1 from delivered_unit where delivery_id = $1', [delivery.subject]);
      await scenario.service.publish(delivery, { sequence: 1, id: repeated });
      return delivery.subject;
    };
    await deliver(today, 3);
    await deliver(today, 1);
    const nextMonth = addDays(`${addDays(`${today.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, 2);
    clock.to(nextMonth);
    await becomes(id, {
      charges: [{ quantity: 4, grosze: 5000, dueOn: clockFrom('FEE_PAYMENT', nextMonth, 10).dueOn }],
    });
    expect(await scenario.service.published('cases.fee.units-settled.v1', id)).toMatchObject({
      data: { from: today, quantity: 4, grosze: 5000 },
    });
    const late = await deliver(today, 2);
    await becomes(id, { charges: [{ grosze: 5000 }, { quantity: 2, grosze: 2500 }] });
    await deliver(nextMonth, 7);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(await fee(id)).toMatchObject({ balance: { chargedGrosze: 7500 } });
    expect(await scenario.facts(id)).toEqual(['fee.assessed', 'fee.units-settled', 'fee.units-settled']);
    const facts = { orderId, allocationId, providerId, deliveredOn: today, quantity: 2, unit: 'HOUR' } as const;
    const takenBack = { ...facts, causeCode: 'RECORDED_IN_ERROR' };
    await scenario.service.publish(event(deliveryAcceptanceWithdrawnV1, late, takenBack), { sequence: 2 });
    await becomes(id, { balance: { chargedGrosze: 5000 } });
    expect(await scenario.service.published('cases.fee.units-credited.v1', id)).toMatchObject({
      data: { from: today, grosze: 2500 },
    });
    expect(dayOf(clock.now())).toBe(nextMonth);
  }, 90_000);
});
